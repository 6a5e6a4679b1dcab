import type {TripGroup} from "../../services/analytics/performance/trips-by-group.js";
import {minimumSample} from "../../services/analytics/statistics/minimum-sample.js";
import type {Dataset} from "../../services/domain/dataset.js";
import type {Estimate} from "../../services/domain/estimate.js";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {Formats} from "../format/create-formats.js";
import type {Fact} from "../parts/evidence.js";
import {type Grouping, groupOf} from "../work/group-trips.js";
import {textColumn} from "./columns.js";
import {highestMean} from "./grouped.js";
import {tripColumns, tripRows} from "./trip-rows.js";
import type {Why, WhyRow} from "./why.js";

/** Round trips in groups, and what was chosen. */
export interface GroupContext {
  readonly groups: readonly TripGroup<string>[];
  readonly trips: readonly RoundTrip[];
  readonly by: Grouping;
  readonly zone: string;
  readonly currency: string;
  readonly filters: readonly Fact[];
  readonly dataset: Dataset;
  readonly format: Formats;
}

/** The highest mean of a group of round trips. @throws {RangeError} for another figure */
export function groupWhy(name: string, context: GroupContext): Why {
  if (name !== "highest-group") throw new RangeError(`unknown figure: ${name}`);
  const {groups, trips, by, zone, currency, filters, dataset, format} = context;
  const estimate = highest(groups);
  const ordered = trips.slice().sort((a, b) => a.closeTime - b.closeTime);
  const groupsById = new Map(trips.map((trip) => [trip.id, groupOf(trip, {by, zone}).split("|").at(-1)]));
  const rows = tripRows(ordered).map((row): WhyRow => ({...row, Group: groupsById.get(String(row["Round trip"]))}));
  return {
    name: "Highest mean of a group",
    value: estimate.value,
    reason: estimate.reason,
    estimate,
    show: (value) => `${format.amount(value, currency, {signed: true})}\u00a0${currency}`,
    formula: "max over groups of Σ net / n",
    definition: `Mean net per round trip by ${by}, here the highest of the groups with at least ${minimumSample.mean} round trips; each interval by bootstrap over sessions.`,
    inputs: [...filters, ["Compared by", by], ["Clock", zone]],
    rows: {
      caption: `Round trips by ${by}`,
      columns: [textColumn("Group"), ...tripColumns(rows, currency, format)],
      rows
    },
    recompute: {
      words: `By Group, of those with at least ${minimumSample.mean} rows, the highest mean of Net`,
      of: (all) => highestMean(all, {by: "Group", column: "Net", least: minimumSample.mean})
    },
    datasets: [dataset],
    span: ordered.length === 0 ? undefined : {start: ordered[0]!.openTime, end: ordered.at(-1)!.closeTime},
    knownAt: ordered.length === 0 ? "not yet" : format.zoned(ordered.at(-1)!.closeTime)
  };
}

function highest(groups: readonly TripGroup<string>[]): Estimate {
  const known = groups.filter(({mean}) => mean.value !== undefined);
  if (known.length === 0) return {value: undefined, n: 0, reason: "no group has enough round trips"};
  return known.reduce((best, group) => (group.mean.value! > best.mean.value! ? group : best)).mean;
}
