/**
 * Normal distribution function: the chance that a standard normal is at most *z*.
 *
 * @returns in [0, 1], to about 1e-15 absolutely
 * @example normalCdf(1.96) // 0.9750021…
 *
 * Source: series for |z| < 3 and Lentz's continued fraction beyond; Abramowitz & Stegun (1964), 26.2.11 and 26.2.14.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (Math.abs(z) < 3) return 0.5 + density(z) * seriesOf(z);
  const tail = Math.abs(z) > 40 ? 0 : density(z) * tailFraction(Math.abs(z));
  return z > 0 ? 1 - tail : tail;
}

/**
 * Normal quantile: the z that a standard normal stays below with this probability.
 *
 * @returns −Infinity at 0, Infinity at 1, NaN outside [0, 1]
 * @example normalQuantile(0.975) // 1.9599639…
 *
 * Found by Newton's steps on `normalCdf`, from the start of Abramowitz & Stegun (1964), 26.2.23.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0) return -Infinity;
  const t = Math.sqrt(-2 * Math.log(probability));
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 4; ++i) z -= (normalCdf(z) - probability) / density(z);
  return z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/(3·5) + … */
function seriesOf(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + …)))), from its far end. */
function tailFraction(z: number): number {
  let value = z;
  for (let k = 120; k > 0; --k) value = z + k / value;
  return 1 / value;
}
