/**
 * Benjamini–Hochberg: p-values adjusted so that calling all below α discoveries keeps the expected share of false ones
 * at or below α.
 *
 * @param pValues in any order; NaN marks a test that was not run, and is not counted
 * @returns adjusted p in the same order, each ≥ its p and ≤ 1; NaN stays NaN
 * @throws {RangeError} if a p lies outside [0, 1]
 * @example benjaminiHochberg([0.01, 0.04, 0.03, 0.005]) // [0.02, 0.04, 0.04, 0.02]
 *
 * Source: Benjamini & Hochberg, *JRSS B* 57 (1995), 289–300; holds for independent or positively dependent tests.
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const order = Array.from(pValues, (p, i) => ({p, i})).filter(({p}) => !Number.isNaN(p));
  for (const {p, i} of order) if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid p at ${i}: ${p}`);
  order.sort((a, b) => b.p - a.p);
  let smallest = 1;
  order.forEach(({p, i}, fromLargest) => {
    smallest = Math.min(smallest, (p * order.length) / (order.length - fromLargest));
    adjusted[i] = Math.max(p, smallest); // p·m/m may round below p
  });
  return adjusted;
}
