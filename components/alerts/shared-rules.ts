import type {InstrumentId} from "../../services/domain/instrument.js";
import {type AlertRule, formatRule, parseRule} from "./alert-rule.js";

/** What a link brings. */
export interface SharedRules {
  readonly rules: readonly AlertRule[];
  /** What of it makes no sense, in words. */
  readonly faults: readonly string[];
}

const most = 50;

/** The rules of a page's address: each `rule=` one. Anyone may have written it: they are shown, and armed only on asking. */
export function readSharedRules(query: URLSearchParams, instruments: readonly InstrumentId[]): SharedRules {
  const texts = query.getAll("rule");
  const parsed = texts.slice(0, most).map((text) => parseRule(text, instruments));
  const faults = parsed.flatMap((one, i) => ("fault" in one ? [`rule ${i + 1}: ${one.fault}`] : []));
  if (texts.length > most) faults.push(`too many rules: ${texts.length}; the first ${most} are looked at`);
  return {rules: parsed.flatMap((one) => ("rule" in one ? [one.rule] : [])), faults};
}

/** The address of a page that brings these rules. */
export function shareLink(rules: readonly AlertRule[], href: string): string {
  const url = new URL(href);
  url.search = "";
  for (const rule of rules) url.searchParams.append("rule", formatRule(rule));
  return url.href;
}
