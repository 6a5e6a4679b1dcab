// @vitest-environment jsdom
import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {createLiveDesk} from "../../../components/live/live-desk.js";
import {createSignalBook} from "../../../components/live/signal-book.js";
import {signalFeed} from "../../../components/live/signal-feed.js";
import {ruleWords} from "../../../components/live/signal-words.js";
import {trendStarts} from "../../../services/analytics/structure/trend-starts/trend-starts.js";
import {sliceBars, toBarSeries, toBars} from "../../../services/domain/bar.js";
import type {Signal} from "../../../services/domain/wire.js";
import {walks} from "../../analytics/structure/walks.js";
import {roundTheClock} from "../../sidecar/tape.js";
import {handDesk, infy, NINE} from "./hand-desk.js";
import {joinAll} from "./join-all.js";

const bars = toBarSeries(fc.sample(walks, {seed: 11, numRuns: 30}).sort((a, b) => b.length - a.length)[0]!);
const expected = trendStarts(bars);
const stated: Signal = {
  ...{
    instrument: "NSE:INFY",
    timeframe: "1m",
    type: "uptrend_start",
    time: NINE,
    knownAt: NINE + 120_000,
    price: 1_500
  },
  ...{rule: "trend-start@1", ruleType: "EXHAUSTION_REVERSAL", analyzer: "trend"}
};

describe("a signal book", () => {
  it("finds in a joined series what the detector finds in its final bars, the last known first", () => {
    const book = createSignalBook();
    const forming = {type: "bar", topic: "bar:NSE:INFY:1m", seq: 1, final: false, bar: toBars(bars).at(-1)!} as const;
    const final = sliceBars(bars, 0, bars.length - 1);
    book.find("NSE:INFY", "1m", joinAll(final, [forming], {timeframe: "1m"}));
    const found = book.signals("1m");
    expect(found).toHaveLength(trendStarts(final).length);
    expect(found.map(({knownAt}) => knownAt)).toEqual(found.map(({knownAt}) => knownAt).sort((a, b) => b - a));
    expect(book.signals("5m")).toEqual([]);
  });

  it("keeps what was stated, and marks what the bars as filled since no longer say", () => {
    const book = createSignalBook();
    const half = Math.floor(bars.length / 2);
    const rows = toBars(bars);
    const holed = toBarSeries(rows.filter((_, i) => i < half - 20 || i > half + 20));
    book.find("NSE:INFY", "1m", joinAll(holed, [], {timeframe: "1m"}));
    const said = book.signals("1m");
    book.find("NSE:INFY", "1m", joinAll(bars, [], {timeframe: "1m"}));
    const all = book.signals("1m");
    const kept = said.map(({stands: _, ...one}) => expect.objectContaining(one));
    expect(all).toEqual(expect.arrayContaining(kept));
    const key = ({type, time}: {type: string; time: number}) => `${type} ${time}`;
    expect(all.map(key)).toEqual(expect.arrayContaining(expected.map(key)));
    expect(all.filter(({stands}) => !stands).length).toBeGreaterThan(0);
  });

  it("begins anew on other history, since what was found on less of it is no evidence", () => {
    const book = createSignalBook();
    book.find("NSE:INFY", "1m", joinAll(sliceBars(bars, 50), [], {timeframe: "1m"}));
    book.find("NSE:INFY", "1m", joinAll(bars, [], {timeframe: "1m"}));
    expect(book.signals("1m").map(({stands}) => stands)).toEqual(expected.map(() => true));
  });

  it("leaves a timeframe to the sidecar once it states signals there", () => {
    const book = createSignalBook();
    book.find("NSE:INFY", "1m", joinAll(bars, [], {timeframe: "1m"}));
    book.take(stated);
    book.find("NSE:INFY", "1m", joinAll(bars, [], {timeframe: "1m"}));
    expect(book.signals("1m").map(({by, time}) => [by, time])).toEqual([["trend", NINE]]);
  });
});

describe("the signal feed", () => {
  beforeEach(() => void vi.useFakeTimers({now: NINE + 200_000}));
  afterEach(() => void vi.useRealTimers());
  const format = createFormats({zone: "UTC", locale: "en-GB"});

  it("asks for signals only where the sidecar has them, and shows what it states", () => {
    const hand = handDesk(toBarSeries([]), {offered: ["signal:NSE:INFY:1m"]});
    expect(JSON.parse(hand.sent[0]!).topics).toContain("signal:NSE:INFY:1m");
    expect(JSON.parse(handDesk().sent[0]!).topics).not.toContain("signal:NSE:INFY:1m");
    hand.say({type: "signal", topic: "signal:NSE:INFY:1m", seq: 1, signal: stated});
    const view = signalFeed(hand.desk, "1m", format);
    view.draw();
    const cells = [...view.node.querySelectorAll("tbody tr > *")].map((cell) => cell.textContent);
    expect(cells).toEqual([
      "2 Jan 2024, 09:02",
      infy.id,
      "▲ up",
      "1\u202f500.00",
      "2 Jan 2024, 09:00",
      "exhaustion reversal",
      "trend"
    ]);
  });

  it("follows no more timeframes than a sidecar lets it have topics", () => {
    const followed = (count: number) => {
      let wished = -1;
      createLiveDesk({
        instruments: Array.from({length: count}, (_, i) => ({...infy, id: `NSE:S${i}` as const})),
        calendars: {crypto: roundTheClock},
        snapshots: new Map(),
        signals: ["1m", "5m", "1h"],
        connect(wanted) {
          wished = wanted.wished.length;
          expect(wanted.topics.length + wished + 1).toBeLessThanOrEqual(256);
          return undefined;
        },
        now: () => NINE
      });
      return wished;
    };
    expect([1, 60, 100].map(followed)).toEqual([3, 120, 0]);
  });

  it("says that there is none", () => {
    const view = signalFeed(handDesk().desk, "1m", format);
    view.draw();
    expect(view.node.textContent).toContain("No trend start in the 1m bars shown so far.");
  });
});

it.each([
  ["EXHAUSTION_REVERSAL", "exhaustion reversal"],
  ["LowThenHigherClose_vs_PDSOpen", "low then higher close vs PDS open"],
  ["FORCED_by_CUS_BreakoutAfterFailedLowV2", "forced between two CUS: breakout after failed low V2"]
])("words the rule %s as %s", (rule, words) => expect(ruleWords(rule)).toBe(words));
