import {DAY_MS, type EpochMs} from "../../services/domain/time.js";
import type {HistoryDays} from "../../services/sources/settings/settings.js";

/** The moment from which history is wanted: midnight UTC of the day so many days ago; 1970 for everything. */
export function historyStart(historyDays: HistoryDays, now: EpochMs): EpochMs {
  return historyDays === "all" ? 0 : (Math.floor(now / DAY_MS) - historyDays) * DAY_MS;
}
