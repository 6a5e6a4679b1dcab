import type {Formats} from "../format/create-formats.js";

/** Decimals that a number needs, up to six. */
export function decimalsOf(value: number): number {
  const text = Number.isFinite(value) ? String(Number(value.toFixed(6))) : "";
  return text.includes("e") ? 6 : (text.split(".")[1]?.length ?? 0);
}

/** A number with as many decimals as it needs, up to six. */
export function exactText(value: number, format: Formats): string {
  return format.number(value, {decimals: decimalsOf(value)});
}

/** How the ticks of an axis read: as many decimals as tell them apart, large numbers in short. */
export function tickWords(low: number, high: number, format: Formats): (value: number) => string {
  if (Math.max(Math.abs(low), Math.abs(high)) >= 100_000) return (value) => format.short(value);
  const decimals = high > low ? Math.max(0, -Math.floor(Math.log10((high - low) / 5))) : decimalsOf(high);
  return (value) => format.number(value, {decimals: Math.min(decimals, 12)});
}
