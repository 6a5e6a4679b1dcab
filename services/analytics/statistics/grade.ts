import type {EvidenceGrade} from "../../domain/estimate.js";

/** What each grade demands: adjusted p at most, and observations at least. Ours, a convention; strongest first. */
const gradeThresholds: readonly {
  readonly grade: Exclude<EvidenceGrade, "none">;
  readonly adjustedP: number;
  readonly n: number;
}[] = [
  {grade: "strong", adjustedP: 0.001, n: 100},
  {grade: "moderate", adjustedP: 0.01, n: 50},
  {grade: "weak", adjustedP: 0.05, n: 20}
];

/**
 * Evidence grade of an effect, from its p after false-discovery control and its sample.
 *
 * @param adjustedP in [0, 1]; NaN or `undefined` (not tested) gives none
 * @param n observations
 * @example gradeOf(0.004, 60) // "moderate"
 */
export function gradeOf(adjustedP: number | undefined, n: number): EvidenceGrade {
  const met = gradeThresholds.find((threshold) => (adjustedP ?? NaN) <= threshold.adjustedP && n >= threshold.n);
  return met?.grade ?? "none";
}
