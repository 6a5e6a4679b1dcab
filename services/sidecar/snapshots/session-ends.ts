import {sessionsBetween, type TradingCalendar} from "../../domain/calendar.js";
import type {InstrumentId} from "../../domain/instrument.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../../domain/time.js";
import {openStore} from "../../snapshots/store.js";

/** Up to where the snapshots of minutes below a folder reach, by instrument. */
export async function heldTo(root: string): Promise<Map<InstrumentId, EpochMs>> {
  const {datasets} = await openStore(root).catalog();
  return new Map(
    datasets.flatMap(({kind, instrument, timeframe, lastTime}): [InstrumentId, EpochMs][] => {
      const isHeld = kind === "bars" && timeframe === "1m" && instrument !== undefined && lastTime !== null;
      return isHeld ? [[instrument, lastTime + MINUTE_MS]] : [];
    })
  );
}

/** When the last session ended that had ended by a moment; −∞ where none did in two weeks. */
export function lastClose(calendar: TradingCalendar, time: EpochMs): EpochMs {
  const closes = sessionsBetween(calendar, time - 14 * DAY_MS, time).map(({close}) => close);
  return Math.max(Number.NEGATIVE_INFINITY, ...closes.filter((close) => close <= time));
}
