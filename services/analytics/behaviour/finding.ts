import type {Estimate, EvidenceGrade} from "../../domain/estimate.js";
import {benjaminiHochberg} from "../statistics/false-discovery.js";
import {gradeOf} from "../statistics/grade.js";

/** What a number is counted in: `fraction` is shown as per cent or points, `money` in the account's currency. */
export type Unit = "minutes" | "fraction" | "money" | "count";

/** One line of the evidence behind a finding. */
export interface EvidenceRow {
  readonly label: string;
  readonly unit: Unit;
  readonly estimate: Estimate;
}

/** An effect with all that is needed to judge it. */
export interface Finding {
  readonly name: string;
  readonly unit: Unit;
  /** The effect in plain units, with n, interval and unadjusted p; or why there is none. */
  readonly estimate: Estimate;
  /** p after false-discovery control across the family it was graded with; `undefined` where it was not tested. */
  readonly adjustedP: number | undefined;
  readonly grade: EvidenceGrade;
  readonly rows: readonly EvidenceRow[];
}

/**
 * Findings graded as one family: a page grades all that it shows, together, so that looking at many effects does not
 * make one of them look real.
 *
 * @returns copies, in the same order, with `adjustedP` and `grade` replaced
 */
export function gradeTogether<T extends readonly Finding[]>(findings: T): T {
  const adjusted = benjaminiHochberg(findings.map(({estimate}) => estimate.p ?? NaN));
  const graded = findings.map((finding, i) => {
    const adjustedP = Number.isNaN(adjusted[i]) ? undefined : adjusted[i];
    return {...finding, adjustedP, grade: gradeOf(adjustedP, finding.estimate.n)};
  });
  return graded as unknown as T;
}

/** A finding graded alone, until its page grades it with the others. */
export function findingOf(finding: Omit<Finding, "adjustedP" | "grade">): Finding {
  const {p, n} = finding.estimate;
  return {...finding, adjustedP: p, grade: gradeOf(p, n)};
}
