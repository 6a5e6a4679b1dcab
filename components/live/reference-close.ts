import type {BarSeries} from "../../services/domain/bar.js";
import type {TradingCalendar} from "../../services/domain/calendar.js";
import {firstRowSince, lastSession} from "../../services/domain/last-session.js";
import type {EpochMs} from "../../services/domain/time.js";

/** The price that a change is counted from: the last close before the session that a moment is in, or last was in. */
export interface ReferenceClose {
  readonly price: number;
  /** Opening of the bar it is the close of. */
  readonly time: EpochMs;
  /** Row of the first bar of that session. */
  readonly firstRow: number;
}

/** @returns `undefined` where the series does not reach back before that session */
export function referenceClose(bars: BarSeries, calendar: TradingCalendar): ReferenceClose | undefined {
  const {time, close, length} = bars;
  const session = length === 0 ? undefined : lastSession(calendar, time[length - 1]!);
  if (!session) return undefined;
  const firstRow = firstRowSince(bars, session.open);
  const before = firstRow - 1;
  return before < 0 ? undefined : {price: close[before]!, time: time[before]!, firstRow};
}
