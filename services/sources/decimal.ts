/**
 * A number as files print it: digits with an optional sign, fraction and exponent, and nothing else.
 *
 * @returns NaN for anything else: an empty text, hexadecimal, `Infinity`, a number too large to hold
 */
export function parseDecimal(text: string): number {
  if (text.length > 40 || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
