import {sessionsBetween, type TradingCalendar} from "../../services/domain/calendar.js";
import type {Dataset} from "../../services/domain/dataset.js";
import {DAY_MS, type EpochMs} from "../../services/domain/time.js";
import {isIntraday, timeframeMs} from "../../services/domain/timeframe.js";

/** Whether a data set holds all that its venue had traded, and since when it does not. */
export interface Freshness {
  readonly isStale: boolean;
  /** Closes of sessions that had ended and are not in it. */
  readonly missedSessions: number;
  /** The moment up to which the data speak: the end of its last bar, or the time of its last deal. */
  readonly asOf: EpochMs | null;
}

/** A bar set may end a little before the bell: nothing traded in its last minutes. */
const slackMs = 15 * 60_000;

/**
 * How a data set of bars stood against its calendar at a moment: stale if a session had ended that it does not reach
 * to the end of. The moment is `now` for real data and the time the source was last asked for a simulation, whose
 * clock is not the reader's.
 */
export function freshness(dataset: Dataset, calendar: TradingCalendar, now: EpochMs): Freshness {
  const {firstTime, lastTime, timeframe = "1d"} = dataset;
  if (lastTime === null || firstTime === null) return {isStale: true, missedSessions: 0, asOf: null};
  const sessions = sessionsBetween(calendar, lastTime, Math.max(now, lastTime) + DAY_MS);
  const current = sessions.find(({open, close}) => open <= lastTime && lastTime < close);
  const end = lastTime + timeframeMs(timeframe);
  const asOf = Math.min(isIntraday(timeframe) ? end : (current?.close ?? end), dataset.checkedTime);
  const missed = sessions.filter(({open, close}) => close <= now && open > lastTime - 1 && close - slackMs > asOf);
  const isCut = current !== undefined && current.close <= now && current.close - slackMs > asOf;
  return {isStale: missed.length > 0 || isCut, missedSessions: missed.length + (isCut ? 1 : 0), asOf};
}

/**
 * The moment up to which a history of deals speaks: when its source was asked, or its last deal where the source is a
 * file that a person saved.
 */
export function spokenUntil({sourceKind, lastTime, checkedTime}: Dataset): EpochMs | null {
  return sourceKind === "mt5-files" ? lastTime : checkedTime;
}
