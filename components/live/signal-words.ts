import {downtrendRules, uptrendRules} from "../../services/analytics/structure/trend-starts/rules.js";

/**
 * A rule's name as words: `LowThenHigherClose_vs_PDSOpen` is `low then higher close vs PDS open`; a forced start says
 * by what it was forced.
 */
export function ruleWords(ruleType: string): string {
  const [, side, by] = /^FORCED_by_(CUS|CDS)_(.+)$/.exec(ruleType) ?? [];
  if (side !== undefined && by !== undefined) return `forced between two ${side}: ${ruleWords(by)}`;
  return ruleType
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]{2,})([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_]+/)
    .map((word) => (/^(PDS|PUS|A|B|F|G|H|OHLC|V2)$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

/** The rules that confirm a trend start, up first, each side in the order in which they are asked. */
export const trendRules: readonly string[] = [...uptrendRules, ...downtrendRules].map(({name}) => name);
