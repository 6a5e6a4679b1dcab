import type {AlertEvidence} from "./evaluate-rule.js";

const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isText = (value: unknown) => typeof value === "string";

/** Whether a value is a firing's evidence; it comes from storage, and anyone may have written it. */
export function isEvidence(value: unknown): value is AlertEvidence {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const has = (is: (one: unknown) => boolean, ...names: string[]) => names.every((name) => is(fields[name]));
  if (fields["type"] === "silence") return has(isNumber, "since") && has(isText, "reason");
  if (fields["type"] === "signal") {
    const isWay = fields["direction"] === "up" || fields["direction"] === "down";
    return isWay && has(isNumber, "time", "knownAt", "price") && has(isText, "ruleType", "by");
  }
  if (fields["type"] !== "tick" && fields["type"] !== "bar") return false;
  const from = fields["from"];
  const isFrom = from === undefined || (typeof from === "object" && from !== null && isPoint(from));
  return isFrom && has(isNumber, "time", "price", "level");
}

function isPoint(value: object): boolean {
  const {price, time} = value as Readonly<Record<string, unknown>>;
  return isNumber(price) && isNumber(time);
}
