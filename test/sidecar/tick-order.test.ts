import {expect, it} from "vitest";
import {createTickOrder} from "../../services/sidecar/bars/tick-order.js";

const OPEN = Date.UTC(2024, 0, 2, 3, 45); // 09:15 in India
const DAY = 86_400_000;

/** What each tick added, by the venue's time. */
function volumes(...ticks: [time: number, dayVolume: number, price?: number][]): [number, number | undefined][] {
  const order = createTickOrder("Asia/Kolkata");
  order.begin(OPEN);
  for (const [eventTime, dayVolume, price = 100] of ticks)
    order.add({type: "trade", instrument: "NSE:INFY", eventTime, receivedTime: eventTime, price, volume: 9, dayVolume});
  return order.between(0, Infinity).map(({time, volume}) => [time - OPEN, volume]);
}

it("createTickOrder gives what each tick added to the day's volume, and drops a repeat of the last trade", () => {
  expect(volumes([OPEN, 100], [OPEN + 1, 130], [OPEN + 2, 130], [OPEN + 3, 130, 101])).toEqual([
    [0, undefined],
    [1, 30],
    [3, 0]
  ]);
});

it("createTickOrder takes a fall on a new date as that day's count from zero", () => {
  expect(volumes([OPEN, 22_261_032], [OPEN + DAY, 40], [OPEN + DAY + 1, 45])).toEqual([
    [0, undefined],
    [DAY, 40],
    [DAY + 1, 5]
  ]);
});

it("createTickOrder does not know what was dealt when a count falls within its date", () => {
  expect(volumes([OPEN, 100], [OPEN + 1, 90], [OPEN + 2, 95])).toEqual([
    [0, undefined],
    [1, undefined],
    [2, 5]
  ]);
});

it("createTickOrder gives a tick that comes late its share of the next one's volume, and does not begin with an old one", () => {
  expect(volumes([OPEN - 5, 70], [OPEN, 100], [OPEN + 10, 120], [OPEN + 5, 110], [OPEN + 11, 121])).toEqual([
    [-5, undefined],
    [0, undefined],
    [5, 10],
    [10, 10],
    [11, 1]
  ]);
});

it("createTickOrder counts nothing for a late tick whose count does not fit between its neighbours'", () => {
  expect(volumes([OPEN, 100], [OPEN + 10, 120], [OPEN + 5, 125, 101], [OPEN + 11, 121])).toEqual([
    [0, undefined],
    [5, 0],
    [10, 20],
    [11, 1]
  ]);
});

it("createTickOrder puts trades of one time in the order of their counts", () => {
  expect(volumes([OPEN, 100], [OPEN + 10, 130, 102], [OPEN + 10, 120, 101], [OPEN + 11, 131])).toEqual([
    [0, undefined],
    [10, 20],
    [10, 10],
    [11, 1]
  ]);
});
