import type {Bar} from "../../../domain/bar.js";
import type {Candidate} from "./candidate.js";

/** The current bar C (at row *index*) and the previous one P, against the candidates as they stood before C. */
export interface Moment {
  readonly index: number;
  readonly c: Bar;
  readonly p: Bar;
  /** Candidate of an uptrend start (PUS), and of a downtrend start (PDS). */
  readonly pus: Candidate | undefined;
  readonly pds: Candidate | undefined;
}

/** A rule, by the name it is stated with, and whether it confirms a candidate at a moment. */
export interface NamedRule {
  readonly name: string;
  readonly holds: (moment: Moment, candidate: Candidate) => boolean;
}

/** Whether C reaches beyond P at both ends. */
export function isOutside({c, p}: Pick<Moment, "c" | "p">): boolean {
  return c.high > p.high && c.low < p.low;
}

/** Rules that confirm an uptrend start on the PUS; the first that holds does. */
export const uptrendRules: readonly NamedRule[] = named({
  EXHAUSTION_REVERSAL: ({index, c, p, pds}, pus) =>
    isLower(c, p) && !(pds && c.low < pds.bar.low) && index - pus.index <= 6,

  LowUndercutHighRespect: ({c, p, pds}, pus) =>
    isLater(pds, pus) && c.low < pds.bar.low && c.high <= pds.bar.high && c.close > p.close,

  HigherHighLowerLowDownClose: (moment) => isOutside(moment) && moment.c.close < moment.c.open,

  EngulfingUpPDSLowBreak: (moment) => {
    const {c, p, pds} = moment;
    return isOutside(moment) && c.close > p.close && c.close > c.open && pds !== undefined && c.low < pds.bar.low;
  },

  BreakoutAfterFailedLowV2: ({c, p, pds}, pus) =>
    isLater(pds, pus) &&
    pus.lowestSince >= pus.bar.low &&
    c.high > pds.bar.high &&
    c.close > p.close &&
    c.close > c.open
});

/** Rules that confirm a downtrend start on the PDS; the first that holds does. */
export const downtrendRules: readonly NamedRule[] = named({
  LowThenHigherClose_vs_PDSOpen: (moment, pds) =>
    isOutside(moment) && moment.c.close > moment.p.close && hasNoHigherHigh(pds) && moment.c.low < pds.bar.open,

  RallyLowBreaksPeakLow_A: ({c, p}, pds) =>
    hasPulledBack(pds) && c.high > p.high && c.close > p.close && hasNoHigherHigh(pds) && c.low < pds.bar.low,

  NewHighWeakAdvance_B: ({c, p}, pds) =>
    hasPulledBack(pds) && c.close > p.close && c.low >= p.low && c.high > pds.bar.high && hasNoHigherHigh(pds),

  FailedRallyAfterLowBreak_F: ({c, p}, pds) =>
    hasNoHigherHigh(pds) && p.low < pds.bar.low && c.high > p.high && c.close < p.close && c.close < c.open,

  HigherOHLCAfterLowBreak_G: ({c, p}, pds) => isHigher(c, p) && hasNoHigherHigh(pds) && p.low < pds.bar.low,

  OutsideBarStrongerClose_H: (moment, pds) =>
    pds.index === moment.index - 1 && isOutside(moment) && moment.c.close > moment.p.close
});

/** The first rule of a table that holds for a candidate. */
export function firstRule(table: readonly NamedRule[], moment: Moment, candidate: Candidate): string | undefined {
  for (const {name, holds} of table) if (holds(moment, candidate)) return name;
  return undefined;
}

function named(rules: Readonly<Record<string, NamedRule["holds"]>>): NamedRule[] {
  return Object.entries(rules).map(([name, holds]) => ({name, holds}));
}

function isLower(c: Bar, p: Bar): boolean {
  return c.low < p.low && c.high < p.high && c.close < p.close;
}

function isHigher(c: Bar, p: Bar): boolean {
  return c.low > p.low && c.high > p.high && c.close > p.close;
}

function isLater(pds: Candidate | undefined, pus: Candidate): pds is Candidate {
  return pds !== undefined && pds.index > pus.index;
}

/** No high above the candidate's after it, through P. */
function hasNoHigherHigh({bar, highestSince}: Candidate): boolean {
  return !(highestSince > bar.high);
}

/** Some low at or below the candidate's after it, through P. */
function hasPulledBack({bar, lowestSince}: Candidate): boolean {
  return lowestSince <= bar.low;
}
