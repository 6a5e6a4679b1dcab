import type {TickTable} from "../../services/analytics/bars/tick-table.js";
import {createRandom} from "../../services/analytics/statistics/random.js";
import {type BarSeries, createBarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";

/** Minute bars of a market that wanders: prices to the hundredth, about four ticks a bar, none of them flat. */
export function wanderingBars(length: number): BarSeries {
  const random = createRandom(12_345);
  const bars = createBarSeries(length);
  let price = 10_000;
  for (let i = 0; i < length; ++i) {
    const open = price;
    price = Math.max(1_000, price + Math.round((random.next() - 0.5) * 40));
    bars.time[i] = i * 60_000;
    bars.open[i] = open / 100;
    bars.high[i] = (Math.max(open, price) + Math.ceil(random.next() * 10)) / 100;
    bars.low[i] = (Math.min(open, price) - Math.ceil(random.next() * 10)) / 100;
    bars.close[i] = price / 100;
    bars.volume[i] = 1 + Math.floor(random.next() * 500);
  }
  return bars;
}

/** The National Stock Exchange of India on an ordinary day, 09:15 to 15:30. */
export const exchange: TradingCalendar = {
  name: "nse",
  zone: "Asia/Kolkata",
  openMinute: 9 * 60 + 15,
  closeMinute: 15 * 60 + 30,
  weekdays: [1, 2, 3, 4, 5],
  holidays: [],
  special: {}
};

export const sessionOpen = Date.parse("2019-01-02T03:45:00Z");
const sessionMs = 6.25 * 3_600_000;

/**
 * One session's trades of many shares, in the order of time, never two in one millisecond. 10 M of 50 shares is the
 * NIFTY 50 on a busy day: nine trades a second each, half of them at the price of the one before.
 */
export function sessionTicks(length: number, instruments: number): TickTable {
  const random = createRandom(67_890);
  const level = Array.from({length: instruments}, (_, i) => 2_000 + 740 * i); // in ticks of five paise
  const ticks = {
    time: new Float64Array(length),
    instrument: new Uint16Array(length),
    price: new Float64Array(length),
    volume: new Float64Array(length)
  };
  let time = -1;
  for (let i = 0; i < length; ++i) {
    const room = sessionMs - 1 - time - (length - i); // milliseconds that may be passed over and leave one for each
    time += 1 + Math.min(room, Math.floor((random.next() * 2 * room) / (length - i)));
    const place = Math.floor(random.next() * instruments);
    const step = random.next();
    level[place] = Math.max(20, level[place]! + (step < 0.25 ? -1 : step < 0.5 ? 1 : 0));
    ticks.time[i] = sessionOpen + time;
    ticks.instrument[i] = place;
    ticks.price[i] = level[place]! / 20;
    ticks.volume[i] = 1 + Math.floor(random.next() * 300);
  }
  return ticks;
}
