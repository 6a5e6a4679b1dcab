import type {Bar} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import type {InstrumentId} from "../../services/domain/instrument.js";
import type {Tick} from "../../services/domain/tick.js";

export const roundTheClock: TradingCalendar = {
  name: "crypto",
  zone: "UTC",
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  holidays: [],
  special: {},
  openMinute: 0,
  closeMinute: 1440
};

/**
 * Ticks of several instruments in order of time, by turns: quotes; trades that state the day's volume; prints that state
 * nothing but themselves, to the second, as an index's. Times repeat, and of a time whole ticks do.
 */
export function randomTape(
  instruments: readonly InstrumentId[],
  {start, minutes, random}: {start: number; minutes: number; random: () => number}
): Tick[] {
  const ticks = instruments.flatMap((instrument, i) => {
    const price = 100 * (i + 1);
    let dayVolume = Math.floor(random() * 1000);
    const resolution = i % 3 === 2 ? 1_000 : 1;
    const momentOf = (minute: number) =>
      start + minute * 60_000 + Math.floor(momentIn(random) / resolution) * resolution;
    const times = Array.from({length: minutes}, (_, minute) => {
      const count = random() < 0.15 ? 0 : 1 + Math.floor(random() * 5);
      const moments = Array.from({length: count}, () => momentOf(minute));
      return moments.flatMap((time) => new Array<number>(random() < 0.2 ? 3 : 1).fill(time));
    }).flat();
    let last = price;
    let lastTime = -Infinity;
    return times
      .sort((a, b) => a - b)
      .map((eventTime): Tick => {
        // Within a time the price moves between two, so that one comes back to where it was.
        const step = eventTime === lastTime ? Math.round(random()) / 100 : Math.round(random() * 200 - 100) / 100;
        last = eventTime === lastTime ? Math.floor(last) + step : price + step;
        lastTime = eventTime;
        const base = {instrument, eventTime, receivedTime: eventTime};
        if (i % 3 === 0) return {...base, type: "quote", bid: last, ask: last + 0.02};
        const volume = 1 + Math.floor(random() * (i % 3 === 1 ? 50 : 2));
        if (i % 3 === 2) return {...base, type: "trade", price: last, volume};
        dayVolume += volume;
        return {...base, type: "trade", price: last, volume, dayVolume};
      });
  });
  return ticks.sort((a, b) => a.eventTime - b.eventTime);
}

/** A moment of a minute in milliseconds; three in ten lie within 0.6 s of where one minute becomes the next. */
function momentIn(random: () => number): number {
  const isNearEdge = random() < 0.3;
  if (!isNearEdge) return random() * 60_000;
  return random() < 0.5 ? random() * 600 : 60_000 - random() * 600;
}

/** The tape's own minute bars of one instrument, by the plainest rule: group by minute. */
export function tapeBars(tape: readonly Tick[], instrument: InstrumentId): Bar[] {
  const minutes = new Map<number, {price: number; volume: number}[]>();
  for (const tick of tape) {
    if (tick.instrument !== instrument) continue;
    const time = tick.eventTime - (tick.eventTime % 60_000);
    const deal = tick.type === "quote" ? {price: tick.bid, volume: 1} : {price: tick.price, volume: tick.volume};
    minutes.set(time, [...(minutes.get(time) ?? []), deal]);
  }
  return [...minutes].map(([time, deals]) => {
    const prices = deals.map(({price}) => price);
    const volume = deals.reduce((sum, deal) => sum + deal.volume, 0);
    return {time, open: prices[0]!, high: Math.max(...prices), low: Math.min(...prices), close: prices.at(-1)!, volume};
  });
}

/** Repeatable chance in [0, 1): a linear congruential generator is chance enough for choosing test cases. */
export function seededRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
