import {normalQuantile} from "./normal.js";

/**
 * Wilson's interval for a share: it stays inside [0, 1] and covers well for small n, where p ± z·se does not.
 *
 * @param successes whole, 0 … n
 * @param n whole, ≥ 1
 * @param level confidence, in (0, 1)
 * @throws {RangeError} if the counts or the level make no sense
 * @example wilsonInterval(8, 10) // {low: 0.490…, high: 0.943…}
 *
 * Source: Wilson, *JASA* 22 (1927), 209–212; recommended by Brown, Cai & DasGupta, *Statistical Science* 16 (2001).
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): {low: number; high: number} {
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`invalid count: ${n}`);
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= n))
    throw new RangeError(`invalid successes: ${successes} of ${n}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`invalid level: ${level}`);
  const z = normalQuantile((1 + level) / 2);
  const share = successes / n;
  const center = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return {
    low: successes === 0 ? 0 : (center - spread) / scale,
    high: successes === n ? 1 : (center + spread) / scale
  };
}
