import {formatNumber} from "./number.js";

/** A count with what is counted: `counted(1, "round trip")` is `1 round trip`, of two `2 round trips`. */
export function counted(
  n: number,
  one: string,
  {many = `${one}s`, locale}: {many?: string; locale?: string} = {}
): string {
  return `${formatNumber(n, {decimals: 0, ...(locale !== undefined && {locale})})} ${n === 1 ? one : many}`;
}

/** The same as the sample of a figure: `n = 214 round trips`. */
export function sample(n: number, one: string, options?: Parameters<typeof counted>[2]): string {
  return `n\u202f=\u202f${counted(n, one, options)}`;
}
