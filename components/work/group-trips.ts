import {tripHour, tripWeekday} from "../../services/analytics/performance/trip-filter.js";
import {type TripGroup, tripsByGroup} from "../../services/analytics/performance/trips-by-group.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import {dateIn} from "../../services/domain/zone.js";

/** What round trips can be told apart by. */
export type Grouping = "instrument" | "side" | "weekday" | "hour" | "month";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** Round trips by group with the mean of each, in the order of the groups. */
export function groupTrips(
  trips: readonly RoundTrip[],
  {by, zone}: {readonly by: Grouping; readonly zone: string}
): TripGroup<string>[] {
  const groups = tripsByGroup(trips, (trip) => groupOf(trip, {by, zone}), zone);
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The group of a round trip: keys in their order are the groups in theirs; the label stands after the bar, if any. */
export function groupOf(trip: RoundTrip, {by, zone}: {readonly by: Grouping; readonly zone: string}): string {
  if (by === "instrument") return trip.instrument.replace(/^\w+:/, "");
  if (by === "side") return trip.side === "buy" ? "1|long" : "2|short";
  if (by === "month") return dateIn(zone, trip.closeTime).slice(0, 7);
  if (by === "hour") return `${String(tripHour(trip, zone)).padStart(2, "0")}:00`;
  const weekday = tripWeekday(trip, zone);
  return `${(weekday + 6) % 7}|${weekdays[weekday]}`;
}
