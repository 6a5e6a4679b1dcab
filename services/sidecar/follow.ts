import {type Bar, toBars} from "../domain/bar.js";
import {sessionAt} from "../domain/calendar.js";
import type {InstrumentId} from "../domain/instrument.js";
import {DAY_MS, type EpochMs, MINUTE_MS} from "../domain/time.js";
import type {BarSource} from "../sources/bar-source.js";
import type {Settings} from "../sources/settings/settings.js";
import type {PullBars} from "./bars/healer.js";
import {type Followed, historyOrigin} from "./market.js";

/**
 * The instruments that settings call live, each with its calendar and its source's history.
 *
 * @param historyOf a source's bars by the source's name
 */
export function followLive(settings: Settings, historyOf: (source: string) => BarSource, now: EpochMs): Followed[] {
  const {instruments, calendars} = settings.site;
  return settings.feeds
    .flatMap(({listings}) => listings)
    .map(({instrument: id, source, symbol}) => {
      const calendar = calendars[instruments.find((one) => one.id === id)!.calendar]!;
      const pull: PullBars = async (start, end, signal) => {
        const {bars} = await historyOf(source).bars({instrument: id, symbol, timeframe: "1m", start, end}, signal);
        return toBars(bars);
      };
      return {id, calendar, pull, origin: historyOrigin(calendar, now)};
    });
}

/** Time away that is made up for: what a venue's minutes reach back to, and no more than is remembered. */
const LONGEST_AWAY_MS = 7 * DAY_MS;

/**
 * The same instruments with their minutes that were stored before now. Where the last of them lies before the origin,
 * the origin is the session of that one, so that what was missed since is asked of history.
 *
 * @param stored minutes of an instrument with start ≤ time < end
 */
export function withKnown(
  followed: readonly Followed[],
  stored: (instrument: InstrumentId, start: EpochMs, end: EpochMs) => Promise<readonly Bar[]>,
  now: EpochMs
): Promise<Followed[]> {
  return Promise.all(
    followed.map(async (one) => {
      const bars = await stored(one.id, now - LONGEST_AWAY_MS, now - MINUTE_MS);
      const last = bars.at(-1)?.time ?? Infinity;
      const session = last < one.origin ? sessionAt(one.calendar, last) : undefined;
      const origin = session ? Math.max(session.open, now - LONGEST_AWAY_MS) : one.origin;
      return {...one, origin, known: bars.filter(({time}) => time >= origin)};
    })
  );
}
