import type {HourFinding} from "../../services/analytics/behaviour/expectancy-by-hour.js";
import type {Unit} from "../../services/analytics/behaviour/finding.js";
import {longestStreakCounted} from "../../services/analytics/behaviour/streak-reaction.js";
import {minimumSample} from "../../services/analytics/statistics/minimum-sample.js";
import type {Estimate} from "../../services/domain/estimate.js";
import {groupRows} from "../parts/group-rows.js";
import type {PulseFindings} from "../work/pulse-tasks.js";
import {highestMean} from "./grouped.js";
import type {PulseTable} from "./pulse-rows.js";
import {meanOf, medianOf, valuesOf} from "./recompute.js";
import type {Why, WhyRow} from "./why.js";

/** One figure of a Pulse page: its words, where it stands, and how its rows give it. */
export interface PulseFigure extends Pick<Why, "name" | "formula" | "definition" | "reference" | "recompute"> {
  readonly table: PulseTable;
  readonly unit: Unit | "points";
  readonly of: (findings: PulseFindings) => Estimate;
}

const odean = "Odean, Journal of Finance 53 (1998), 1775–1798";
const coval = "the comparison follows Coval & Shumway, Journal of Finance 60 (2005)";
const method =
  "Interval by bootstrap over sessions, p by permutation within sessions; graded with the page's other effects (Benjamini and Hochberg).";
const realised = (rows: readonly WhyRow[], result: string) => {
  const own = rows.filter((row) => row["Result"] === result);
  return own.filter((row) => row["Taken"] === "realised").length / own.length;
};
const minutesAfter = (rows: readonly WhyRow[], after: string) =>
  valuesOf(
    rows.filter((row) => row["After"] === after),
    "Minutes"
  );
const isWithin = (row: WhyRow) => (row["Within the window"] === "yes" ? 1 : 0);
const shareAfter = (rows: readonly WhyRow[], after: string) =>
  meanOf(rows.filter((row) => row["After"] === after).map(isWithin));
const weighted =
  "per Session with both kinds, the mean after a loss less the mean after a win; these weighted by n₁·n₀ / (n₁ + n₀)";

/** Every figure of a Pulse page, by name. */
export const pulseFigures: Readonly<Record<string, PulseFigure>> = {
  disposition: {
    name: "Disposition effect",
    table: "events",
    unit: "points",
    formula: "PGR − PLR = RG / (RG + PG) − RL / (RL + PL)",
    definition: `How much readier the account is to close a gain than a loss; paper gains and losses count on sessions with a close. ${method}`,
    reference: odean,
    of: ({held}) => held.estimate,
    recompute: {
      words: "Share of gains with Taken “realised”, less the same share of losses",
      of: (rows) => realised(rows, "gain") - realised(rows, "loss")
    }
  },
  "disposition-1": {
    name: "Gains realised (PGR)",
    table: "events",
    unit: "fraction",
    formula: "RG / (RG + PG)",
    definition: "Of the gains that could be taken, the share that was; interval by bootstrap over sessions.",
    reference: odean,
    of: ({held}) => held.rows[0]!.estimate,
    recompute: {words: "Share of gains with Taken “realised”", of: (rows) => realised(rows, "gain")}
  },
  "disposition-2": {
    name: "Losses realised (PLR)",
    table: "events",
    unit: "fraction",
    formula: "RL / (RL + PL)",
    definition: "Of the losses that could be taken, the share that was; interval by bootstrap over sessions.",
    reference: odean,
    of: ({held}) => held.rows[1]!.estimate,
    recompute: {words: "Share of losses with Taken “realised”", of: (rows) => realised(rows, "loss")}
  },
  reentry: {
    name: "After a loss less after a win",
    table: "reentries",
    unit: "minutes",
    formula: "Σ w·(mean after loss − mean after win) / Σ w, by session",
    definition: `How much later, or with a minus sooner, the account opens again after a loss than after a win of the same session. ${method}`,
    reference: coval,
    of: ({again}) => again.estimate,
    recompute: {words: `Of Minutes: ${weighted}`, of: (rows) => differenceWithin(rows, (row) => Number(row["Minutes"]))}
  },
  "reentry-1": {
    name: "Median time to re-entry after a loss",
    table: "reentries",
    unit: "minutes",
    formula: "median(minutes after a loss)",
    definition: "The middle time from a close that lost to the next opening of the session.",
    of: ({again}) => again.rows[0]!.estimate,
    recompute: {words: "Median of Minutes where After is “loss”", of: (rows) => medianOf(minutesAfter(rows, "loss"))}
  },
  "reentry-2": {
    name: "Median time to re-entry after a win",
    table: "reentries",
    unit: "minutes",
    formula: "median(minutes after a win)",
    definition: "The middle time from a close that won to the next opening of the session.",
    of: ({again}) => again.rows[1]!.estimate,
    recompute: {words: "Median of Minutes where After is “win”", of: (rows) => medianOf(minutesAfter(rows, "win"))}
  },
  "reentry-share": {
    name: "Within the window, loss less win",
    table: "reentries",
    unit: "points",
    formula: "Σ w·(share after loss − share after win) / Σ w, by session",
    definition: `How much more often the account opens again within the window after a loss than after a win of the same session. ${method}`,
    reference: coval,
    of: ({share}) => share.estimate,
    recompute: {words: `Of the share within the window: ${weighted}`, of: (rows) => differenceWithin(rows, isWithin)}
  },
  "reentry-share-1": {
    name: "Within the window after a loss",
    table: "reentries",
    unit: "fraction",
    formula: "within the window / re-entries, after a loss",
    definition: "Share of re-entries after a loss that came within the window.",
    reference: "interval: Wilson (1927)",
    of: ({share}) => share.rows[0]!.estimate,
    recompute: {words: "Share “yes” of Within the window where After is “loss”", of: (rows) => shareAfter(rows, "loss")}
  },
  "reentry-share-2": {
    name: "Within the window after a win",
    table: "reentries",
    unit: "fraction",
    formula: "within the window / re-entries, after a win",
    definition: "Share of re-entries after a win that came within the window.",
    reference: "interval: Wilson (1927)",
    of: ({share}) => share.rows[1]!.estimate,
    recompute: {words: "Share “yes” of Within the window where After is “win”", of: (rows) => shareAfter(rows, "win")}
  },
  "streak-size": {
    name: "Size with each win in a row",
    table: "streaks",
    unit: "fraction",
    formula: "exp(Σ (x − x̄)·(y − ȳ) / Σ (x − x̄)²) − 1, by session; x the streak, y ln(size)",
    definition: `By what fraction the size of an opening changes with one more win in a row, or one fewer loss, days compared with themselves alone; size is lots over the instrument's median, and a streak beyond ${longestStreakCounted} counts as ${longestStreakCounted}. ${method}`,
    of: ({streakSize}) => streakSize.estimate,
    recompute: {
      words:
        "Within each Session, the slope of the logarithm of Relative size on Streak; over all sessions together, as a fraction",
      of: (rows) => streakSlope(rows, (row) => Number(row["Relative size"]))
    }
  },
  "streak-time": {
    name: "Time to the next opening with each win in a row",
    table: "streaks",
    unit: "fraction",
    formula: "exp(Σ (x − x̄)·(y − ȳ) / Σ (x − x̄)²) − 1, by session; x the streak, y ln(minutes)",
    definition: `By what fraction the time from a close to the next opening of the session changes with one more win in a row, or one fewer loss; less than a minute counts as one, and a streak beyond ${longestStreakCounted} as ${longestStreakCounted}. ${method}`,
    of: ({streakTime}) => streakTime.estimate,
    recompute: {
      words:
        "Within each Session, the slope of the logarithm of Minutes (1 at least) on Streak; over all sessions together, as a fraction",
      of: (rows) => streakSlope(rows, (row) => Math.max(1, Number(row["Minutes"])))
    }
  },
  hours: {
    name: "Highest mean of an hour",
    table: "hours",
    unit: "money",
    formula: "max over hours of Σ net / n",
    definition: `Mean net per round trip by hour of opening, here the highest of the hours with at least ${minimumSample.mean} round trips. Interval by bootstrap over sessions, p by permutation within session, false-discovery control over the hours.`,
    of: ({hours}) => highest(hours),
    recompute: {
      words: `By Hour, of those with at least ${minimumSample.mean} rows, the highest mean of Net`,
      of: (rows) => highestMean(rows, {by: "Hour", column: "Net", least: minimumSample.mean})
    }
  }
};

/** Difference between the two kinds within sessions, as `compareWithinSessions` weights it. */
function differenceWithin(rows: readonly WhyRow[], value: (row: WhyRow) => number): number {
  let [weights, sum] = [0, 0];
  for (const own of groupRows(rows, (row) => row["Session"])) {
    const [ones, zeros] = ["loss", "win"].map((after) => own.filter((row) => row["After"] === after).map(value));
    if (ones!.length === 0 || zeros!.length === 0) continue;
    const weight = (ones!.length * zeros!.length) / own.length;
    weights += weight;
    sum += weight * (meanOf(ones!)! - meanOf(zeros!)!);
  }
  return sum / weights;
}

/** Slope of the logarithm on the streak within sessions, as the fraction that one step changes. */
function streakSlope(rows: readonly WhyRow[], value: (row: WhyRow) => number): number {
  let [xy, xx] = [0, 0];
  for (const own of groupRows(rows, (row) => row["Session"])) {
    const streaks = valuesOf(own, "Streak");
    const logs = own.map((row) => Math.log(value(row)));
    const [x, y] = [meanOf(streaks)!, meanOf(logs)!];
    streaks.forEach((streak, i) => {
      xy += (streak - x) * (logs[i]! - y);
      xx += (streak - x) ** 2;
    });
  }
  return Math.expm1(xy / xx);
}

function highest({hours}: HourFinding): Estimate {
  const known = hours.filter(({estimate}) => estimate.value !== undefined);
  if (known.length === 0) return {value: undefined, n: 0, reason: "no hour has enough round trips"};
  return known.reduce((best, hour) => (hour.estimate.value! > best.estimate.value! ? hour : best)).estimate;
}
