// @vitest-environment jsdom
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {tapeLayout} from "../../components/charts/tape-layout.js";
import {type TrendView, trendMarks} from "../../components/charts/trend-marks.js";
import {createFormats} from "../../components/format/create-formats.js";
import {confirmedMark, goneOf, isForced, lagOf, pendingMark, trendTable} from "../../components/panels/trend-table.js";
import {trendTiles} from "../../components/panels/trend-tiles.js";
import {detectAll} from "../../services/analytics/structure/event.js";
import {createTrendStarts, trendStarts} from "../../services/analytics/structure/trend-starts/trend-starts.js";
import {barAt, sliceBars, toBarSeries} from "../../services/domain/bar.js";
import {walks} from "../analytics/structure/walks.js";
import {infy} from "./live/hand-desk.js";
import {sampleBars} from "./sample-bars.js";
import {nse} from "./sample-dataset.js";

const bars = sampleBars(200);
const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const options = {format, tickSize: 0.05, currency: "INR", timeframe: "15m", calendar: nse} as const;

describe("pending trend starts", () => {
  it("are bars among those seen, at their low for up and their high for down", () => {
    const detector = createTrendStarts();
    let seen = 0;
    for (let i = 0; i < bars.length; ++i) {
      detector.next(barAt(bars, i));
      for (const {type, time, price} of detector.pending) {
        ++seen;
        const row = bars.time.indexOf(time);
        expect(row).toBeLessThanOrEqual(i);
        expect(price).toBe(type === "uptrend_start" ? bars.low[row] : bars.high[row]);
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it("hold every start before it is confirmed, but for forced ones", () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const detector = createTrendStarts();
        let before = detector.pending;
        for (const bar of walk) {
          for (const event of detector.next(bar).filter((one) => !isForced(one)))
            expect(before.map(({type, time}) => `${type} ${time}`)).toContain(`${event.type} ${event.time}`);
          before = detector.pending;
        }
      }),
      {seed: 3, numRuns: 60}
    );
  });
});

describe("the marks of trend starts", () => {
  const events = trendStarts(bars);
  const layout = tapeLayout(bars, {timeframe: "15m", calendar: nse});
  const detector = createTrendStarts();
  detectAll(bars, detector);
  const marks = [...events.map(confirmedMark), ...detector.pending.map(pendingMark)];
  const placesOf = (view: TrendView) =>
    trendMarks(layout, marks, view)
      .slice(2)
      .flatMap((mark) => [...(mark as unknown as {data: Iterable<{x: number; time: number; knownAt: number}>}).data]);

  it("stand at the bar at whose close each was known, or at the bar it names", () => {
    const place = new Map(Array.from(bars.time, (time, i) => [time, layout.position[i]!]));
    for (const {x, time, knownAt} of placesOf("then")) expect(x).toBe(place.get(knownAt ?? time));
    for (const {x, time} of placesOf("now")) expect(x).toBe(place.get(time));
    expect(placesOf("then")).toHaveLength(marks.length);
  });

  it("as known then, stand before a bar no sooner than on the bars up to it", () => {
    const known = sliceBars(bars, 0, 120);
    const end = known.time.at(-1)!;
    expect(trendStarts(known)).toEqual(events.filter(({knownAt}) => knownAt <= end));
  });
});

describe("the table and tiles of trend starts", () => {
  const events = trendStarts(bars);

  it("say how much later each was known, and what price had done by then", () => {
    const [event] = events;
    const [from, to] = [bars.time.indexOf(event!.time), bars.time.indexOf(event!.knownAt)];
    expect(lagOf(event!)).toBe(to - from);
    const moved = bars.close[to]! / bars.close[from]! - 1;
    expect(goneOf(event!, bars)).toBe(event!.type === "uptrend_start" ? moved : -moved);
  });

  it("list the last known first, each with its rule", () => {
    const table = trendTable({events, pending: []}, bars, options) as HTMLElement;
    const first = [...table.querySelectorAll("tbody tr:first-child > *")].map((cell) => cell.textContent!.trim());
    const last = events.at(-1)!;
    expect(first[0]).toBe(format.moment(last.knownAt));
    expect(first.at(-1)).toContain("(trend-start@1)");
    expect(table.querySelectorAll("tbody tr")).toHaveLength(60);
    expect(table.textContent).toContain(`First 60 of ${events.length} rows`);
  });

  it("list candidates first, marked as such, with nothing that is not known of them", () => {
    const {time, low} = barAt(bars, 150);
    const pending = [{type: "uptrend_start", time, price: low}] as const;
    const table = trendTable({events: events.slice(0, 2), pending}, bars, options) as HTMLElement;
    const rows = [...table.querySelectorAll("tbody tr")];
    const first = [...rows[0]!.children].map((cell) => cell.textContent!.trim());
    expect(rows).toHaveLength(3);
    expect(first.slice(0, 2)).toEqual(["not yet", "▲ up, candidate"]);
    expect(first.slice(3, 6)).toEqual([format.moment(time), "–", "–"]);
    expect(rows[1]!.textContent).not.toContain("candidate");
  });

  it("refuse a median of few starts, and give n and an interval to one of many", () => {
    const of = (some: typeof events) => {
      const tiles = trendTiles(some, [], {bars, timeframe: "15m", calendar: nse, instrument: infy, format});
      return tiles.querySelector("[data-figure=lag]")!.textContent!;
    };
    expect(of(events.slice(0, 5))).toContain("5 starts; at least 30 are needed");
    const many = Array.from({length: 40}, (_, i) => events[i % events.length]!);
    expect(of(many)).toMatch(/95\s?%: .* to .*n\s=\s40 starts/);
  });
});

it("calls a start forced where no rule of its own confirmed it", () => {
  expect(isForced({ruleType: "FORCED_by_CUS_EXHAUSTION_REVERSAL"})).toBe(true);
  expect(isForced({ruleType: "EXHAUSTION_REVERSAL"})).toBe(false);
  expect(trendStarts(toBarSeries([]))).toEqual([]);
});
