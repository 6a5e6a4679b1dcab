import {type DispositionFinding, disposition} from "../../services/analytics/behaviour/disposition.js";
import {type DispositionEvent, dispositionEvents} from "../../services/analytics/behaviour/disposition-counts.js";
import {expectancyByHour, type HourFinding} from "../../services/analytics/behaviour/expectancy-by-hour.js";
import {type Finding, gradeTogether} from "../../services/analytics/behaviour/finding.js";
import {createPriceLookup} from "../../services/analytics/behaviour/price-lookup.js";
import {type Reentry, type ReentryFinding, reentriesOf, reentry} from "../../services/analytics/behaviour/reentry.js";
import {type StreakEntry, streakEntries, streakReaction} from "../../services/analytics/behaviour/streak-reaction.js";
import {roundTrips} from "../../services/analytics/performance/round-trips.js";
import {sessionIndex} from "../../services/analytics/statistics/session-index.js";
import {sortDeals} from "../../services/domain/deal-order.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {SessionDate} from "../../services/domain/time.js";
import {type CloseSeries, readCloses} from "../../services/snapshots/read-closes.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import type {Tasks} from "./tasks.js";

/** An account's snapshots as they were fetched, and what the reader chose. */
export interface PulseInput {
  readonly deals: ArrayBuffer;
  readonly closes: ArrayBuffer;
  /** In which the account's trading day is counted. */
  readonly zone: string;
  readonly windowMinutes: number;
}

/** The findings of a Pulse page, graded as one family. */
export interface PulseFindings {
  readonly held: DispositionFinding;
  readonly again: Omit<ReentryFinding, "reentries">;
  readonly share: Finding;
  /** How size, and the time to the next opening, answer to a streak. */
  readonly streakSize: Finding;
  readonly streakTime: Finding;
  readonly hours: HourFinding;
  /** Round trips in the history. */
  readonly trips: number;
}

/** The observations that the findings were made from, each with what its finding saw of it. */
export interface PulseRows {
  readonly events: readonly DispositionEvent[];
  /** The date of each of the events' sessions, by number. */
  readonly sessions: readonly SessionDate[];
  readonly reentries: readonly Reentry[];
  readonly streaks: readonly StreakEntry[];
  readonly trips: readonly RoundTrip[];
}

async function findings({deals: buffer, closes, zone, windowMinutes}: PulseInput): Promise<PulseFindings> {
  const deals = await readDeals(buffer);
  const priceAt = createPriceLookup(closeRows(await readCloses(closes)));
  const {trips} = roundTrips(deals);
  const {reentries: _, ...found} = reentry(trips, {zone, windowMinutes}); // rows stay here until one is asked for
  const {entries: __, time, ...size} = streakReaction(trips, {zone});
  const [held, again, share, streakSize, streakTime, hours] = gradeTogether([
    disposition(deals, {priceAt, zone}),
    found,
    found.share,
    size,
    time,
    expectancyByHour(trips, {zone})
  ] as const);
  return {held, again, share, streakSize, streakTime, hours, trips: trips.length};
}

async function rows({deals: buffer, closes, zone}: PulseInput): Promise<PulseRows> {
  const deals = await readDeals(buffer);
  const priceAt = createPriceLookup(closeRows(await readCloses(closes)));
  const {trips} = roundTrips(deals);
  const {events} = dispositionEvents(deals, {priceAt, zone});
  const trades = sortDeals(deals).filter(({type}) => type !== "balance");
  const {dates} = sessionIndex(
    trades.map(({time}) => time),
    zone
  );
  return {events, sessions: dates, reentries: reentriesOf(trips, zone), streaks: streakEntries(trips, zone), trips};
}

function closeRows(closes: ReadonlyMap<RoundTrip["instrument"], CloseSeries>) {
  return [...closes].flatMap(([instrument, {length, time, close}]) =>
    Array.from({length}, (_, i) => ({instrument, time: time[i]!, close: close[i]!}))
  );
}

/** What a Pulse page has computed for it. */
export const pulseTasks = {findings, rows} satisfies Tasks;
