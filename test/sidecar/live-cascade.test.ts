import {describe, expect, it} from "vitest";
import {cascadeBars} from "../../services/analytics/bars/cascade-bars.js";
import type {TickTable} from "../../services/analytics/bars/tick-table.js";
import {type Bar, toBars} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {Tick} from "../../services/domain/tick.js";
import type {Timeframe} from "../../services/domain/timeframe.js";
import type {BarEvent} from "../../services/domain/wire.js";
import {ladder} from "../../services/sidecar/bars/level.js";
import {createLiveCascade} from "../../services/sidecar/bars/live-cascade.js";
import {barTopic} from "../../services/sidecar/topics/bar-topic.js";
import {createHub} from "../../services/sidecar/topics/hub.js";
import {seededRandom} from "./tape.js";
import {createVirtualTime} from "./virtual-time.js";

/** Two hours a day, so that the last hour bar is cut short and a day is soon over: 09:15 to 11:00 in India. */
const short: TradingCalendar = {
  ...{name: "short", zone: "Asia/Kolkata", weekdays: [1, 2, 3, 4, 5], holidays: [], special: {}},
  ...{openMinute: 555, closeMinute: 660}
};
const OPEN = Date.UTC(2024, 0, 2, 3, 45);
const CLOSE = Date.UTC(2024, 0, 2, 5, 30);
const cases = process.env["TAPEBOOK_VERIFY"] ? 200 : 6;

function randomTrades(random: () => number): Tick[] {
  const times = Array.from({length: 700}, () => OPEN + Math.floor(random() * (CLOSE - OPEN)));
  let dayVolume = 0;
  return times
    .sort((a, b) => a - b)
    .map((eventTime) => {
      dayVolume += 1 + Math.floor(random() * 90);
      const base = {type: "trade", instrument: "NSE:X", eventTime, receivedTime: eventTime, volume: 0} as const;
      return {...base, price: 1500 + Math.round(random() * 400) / 20, dayVolume};
    });
}

const expected = (ticks: readonly Tick[]) => {
  const trades = ticks.flatMap((tick) => (tick.type === "trade" ? [tick] : []));
  const table: TickTable = {
    time: Float64Array.from(trades, ({eventTime}) => eventTime),
    instrument: new Uint32Array(trades.length),
    price: Float64Array.from(trades, ({price}) => price),
    volume: Float64Array.from(trades, ({dayVolume}, i) => dayVolume! - (trades[i - 1]?.dayVolume ?? 0))
  } as unknown as TickTable;
  const levels = cascadeBars(table, {calendars: [short], timeframes: ladder, asOf: CLOSE})[0]!;
  return Object.fromEntries(ladder.map((timeframe, i) => [timeframe, toBars(levels[i]!)]));
};

/** What a page holds that has read every event: final bars, corrected where they were. */
function follow(hub: ReturnType<typeof createHub>) {
  const finals = new Map<Timeframe, Map<number, Bar>>(ladder.map((timeframe) => [timeframe, new Map()]));
  const faults: string[] = [];
  let corrections = 0;
  for (const timeframe of ladder) {
    hub.open(barTopic("NSE:X", timeframe), 10_000);
    hub.listenAll((outgoing) => {
      if (outgoing[0]?.event.topic !== barTopic("NSE:X", timeframe)) return;
      for (const {event} of outgoing as unknown as readonly {event: BarEvent}[]) {
        const shown = finals.get(timeframe)!.get(event.bar.time);
        if (!event.final) continue;
        if (JSON.stringify(shown) !== JSON.stringify(event.corrects)) faults.push(`${timeframe} ${event.bar.time}`);
        corrections += event.corrects ? 1 : 0;
        finals.get(timeframe)!.set(event.bar.time, event.bar);
      }
    });
  }
  const sorted = (timeframe: Timeframe) => [...finals.get(timeframe)!.values()].sort((a, b) => a.time - b.time);
  return {
    faults,
    finals: () => Object.fromEntries(ladder.map((timeframe) => [timeframe, sorted(timeframe)])),
    corrections: () => corrections
  };
}

describe("createLiveCascade", () => {
  it(`says the bars of cascadeBars at all levels, of ticks that overtake each other, in ${cases} sessions`, async () => {
    let corrected = 0;
    for (let seed = 1; seed <= cases; ++seed) {
      const random = seededRandom(seed);
      const time = createVirtualTime(OPEN - 60_000);
      const hub = createHub();
      const page = follow(hub);
      const ticks = randomTrades(random);
      const cascade = createLiveCascade(
        {
          ...{instrument: "NSE:X", calendar: short, hub, pull: async () => [], origin: OPEN - 60_000},
          onChange() {}
        },
        time.effects
      );
      cascade.resume(time.now());
      // The day's count before the first trade is known: a quote would do as well.
      cascade.add({...ticks[0]!, eventTime: OPEN - 30_000, dayVolume: 0} as Tick);
      for (const tick of ticks) {
        time.at(tick.eventTime + (random() < 0.3 ? random() * 1_900 : 0), () => cascade.add(tick));
      }
      time.effects.every(250, () => cascade.closeDue(time.now(), time.now() - 1_900));
      await time.runUntil(CLOSE + 60_000);
      cascade.stop();
      expect(page.faults).toEqual([]);
      expect(page.finals(), `seed ${seed}`).toEqual(expected(ticks));
      expect(cascade.counts()).toMatchObject({gaps: 0, late: 0});
      corrected += page.corrections();
    }
    expect(corrected).toBeGreaterThan(cases);
  }, 120_000);
});
