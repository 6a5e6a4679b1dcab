const MINUS = "\u2212";
const THIN = "\u202f";
/** Shown where there is no value; the reason stands beside it. */
export const ABSENT = "–";

/** How a number is grouped, to how many decimals it is rounded, and whether a gain bears its sign. */
export interface NumberFormatOptions {
  /** BCP 47, as `en-IN`: decides where thousands are parted and which mark precedes decimals. */
  readonly locale?: string; // en-US
  /** Decimals shown, no more and no fewer; without it, as many as the value needs, up to three. */
  readonly decimals?: number;
  /** Whether gains bear a plus. */
  readonly signed?: boolean; // false
}

/** A locale's format, and the marks in it for which ours stand. */
interface MarkedFormat {
  readonly format: Intl.NumberFormat;
  readonly group: string | undefined;
  readonly minus: string;
}

const formats = new Map<string, MarkedFormat>();

/**
 * A number as text: true minus, thin spaces between thousands, grouped as the locale groups them.
 *
 * `formatNumber(-1665.4, {decimals: 2})` is `−1 665.40` with U+2212 and U+202F. A value that rounds to zero bears no
 * sign; one that is not finite is `–`.
 *
 * @throws {RangeError} if the locale or the number of decimals is invalid
 */
export function formatNumber(value: number | undefined, options: NumberFormatOptions = {}): string {
  if (value === undefined || !Number.isFinite(value)) return ABSENT;
  const {format, group, minus} = formatOf(options);
  const text = format.format(value); // its parts one by one take three times as long, and a table has thousands
  const grouped = group === undefined ? text : text.replaceAll(group, THIN);
  return value < 0 ? grouped.replace(minus, MINUS) : grouped;
}

function formatOf({locale = "en-US", decimals, signed = false}: NumberFormatOptions): MarkedFormat {
  const key = `${locale} ${decimals} ${signed}`;
  const known = formats.get(key);
  if (known) return known;
  const digits = decimals === undefined ? {maximumFractionDigits: 3} : fixed(decimals);
  const signDisplay = signed ? "exceptZero" : "negative";
  // "negative" (no sign on −0) is ES2023; the types of this library level do not know it yet.
  const format = new Intl.NumberFormat(locale, {...digits, signDisplay} as Intl.NumberFormatOptions);
  const parts = format.formatToParts(-12_345_678);
  const mark = (type: "group" | "minusSign") => parts.find((part) => part.type === type)?.value;
  const marked = {format, group: mark("group"), minus: mark("minusSign") ?? "-"};
  formats.set(key, marked);
  return marked;
}

function fixed(decimals: number) {
  return {minimumFractionDigits: decimals, maximumFractionDigits: decimals};
}

/**
 * A large count in short, for axes: `formatShort(1_250_000)` is `1.25 M`, with k, M, G and T for thousands and up.
 */
export function formatShort(value: number | undefined, {locale = "en-US"}: Pick<NumberFormatOptions, "locale"> = {}) {
  if (value === undefined || !Number.isFinite(value)) return ABSENT;
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  const text = formatNumber(Number((value / 1000 ** power).toPrecision(3)), {locale});
  return power === 0 ? text : `${text}${THIN}${"kMGT"[power - 1]}`;
}
