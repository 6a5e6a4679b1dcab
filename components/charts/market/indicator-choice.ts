import {type IndicatorName, indicatorKind, indicatorKinds} from "./indicator-kinds.js";

/** An indicator as a reader chose it: its name and its numbers. */
export interface IndicatorChoice {
  readonly name: IndicatorName;
  readonly parameters: readonly number[];
}

/** More lines than these cannot be told apart. */
export const mostIndicators = 8;

const longestPeriod = 1_000;
const names = Object.keys(indicatorKinds) as IndicatorName[];

/** An indicator with the numbers that its authors gave it. */
export function usualChoice(name: IndicatorName): IndicatorChoice {
  return {name, parameters: indicatorKind(name).parameters.map(({value}) => value)};
}

/** `sma:20,bollinger:20:2`, in the reader's order. */
export function formatIndicators(choices: readonly IndicatorChoice[]): string {
  return choices.map(({name, parameters}) => [name, ...parameters].join(":")).join(",");
}

/**
 * Reads what `formatIndicators` wrote: names in order, each with its numbers, which may be left out from the end
 * (`rsi` is `rsi:14`, and `rsi14` too). What makes no sense is left out and named.
 *
 * @example parseIndicators("sma:50,macdd") // {choices: [SMA 50], faults: ["no indicator: macdd; there are sma, …"]}
 */
export function parseIndicators(text: string): {choices: IndicatorChoice[]; faults: string[]} {
  const choices: IndicatorChoice[] = [];
  const faults: string[] = [];
  for (const part of text.split(",").filter((each) => each !== "")) {
    const choice = parseChoice(part);
    if (typeof choice === "string") faults.push(choice);
    else if (choices.length < mostIndicators) choices.push(choice);
    else faults.push(`more than ${mostIndicators} indicators: ${part} is left out`);
  }
  return {choices, faults};
}

function parseChoice(part: string): IndicatorChoice | string {
  const [, word = "", rest = ""] = /^([a-z]+):?(.*)$/.exec(part) ?? [];
  const name = names.find((each) => each === word);
  if (name === undefined) return `no indicator: ${part}; there are ${names.join(", ")}`;
  const kinds = indicatorKind(name).parameters;
  const given = rest === "" ? [] : rest.split(":");
  if (given.length > kinds.length) return `too many numbers: ${part}; as ${formatIndicators([usualChoice(name)])}`;
  const parameters = kinds.map(({value}, i) => (given[i] === undefined ? value : toNumber(given[i])));
  const fault = choiceFault({name, parameters});
  return fault === undefined ? {name, parameters} : `${fault} in ${part}; as ${formatIndicators([usualChoice(name)])}`;
}

/** What is wrong with an indicator's numbers, or `undefined`. */
export function choiceFault({name, parameters}: IndicatorChoice): string | undefined {
  for (const [i, {label, isFactor = false}] of indicatorKind(name).parameters.entries()) {
    const value = parameters[i]!;
    if (isFactor && !(value > 0 && value <= 100)) return `${label} not above 0 and up to 100: ${value}`;
    if (!isFactor && !(Number.isInteger(value) && value >= 1 && value <= longestPeriod))
      return `${label} not a whole number from 1 to ${longestPeriod}: ${value}`;
  }
  const [fast = 0, slow = Infinity] = parameters;
  return name === "macd" && !(fast < slow) ? `fast not below slow: ${fast}, ${slow}` : undefined;
}

/** `SMA 20`, `Bollinger 20, 2`. */
export function choiceLabel({name, parameters}: IndicatorChoice): string {
  return [indicatorKind(name).label, parameters.join(", ")].join(" ").trim();
}

function toNumber(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}
