import type {InstrumentId} from "../../services/domain/instrument.js";
import {textOf} from "../../services/domain/text-of.js";
import type {EpochMs} from "../../services/domain/time.js";
import {type AlertRule, formatRule, parseRule} from "./alert-rule.js";
import type {AlertEvidence} from "./evaluate-rule.js";
import {isEvidence} from "./is-evidence.js";

/** A rule as it is kept: armed, or fired and at rest until it is armed again. */
export interface KeptRule {
  readonly id: string;
  readonly rule: AlertRule;
  readonly armedTime: EpochMs;
  readonly firedTime: EpochMs | undefined;
}

/** What a rule fired on, and when this browser noticed. */
export interface Firing {
  readonly ruleId: string;
  /** The rule as text. */
  readonly rule: string;
  readonly firedTime: EpochMs;
  readonly evidence: AlertEvidence;
}

/** Rules, log and wishes, kept in this browser. */
export interface AlertStore {
  readonly rules: readonly KeptRule[];
  /** The latest first, at most 200. */
  readonly log: readonly Firing[];
  /** What was wrong with what was kept and is now left out, and what could not be kept. */
  readonly faults: readonly string[];
  add(rule: AlertRule, armedTime: EpochMs): void;
  remove(id: string): void;
  arm(id: string, armedTime: EpochMs): void;
  /**
   * Notes a firing, once over all pages of this browser; where it cannot be kept, in this page alone.
   *
   * @returns whether this page was the first
   */
  fire(id: string, firedTime: EpochMs, evidence: AlertEvidence): Promise<boolean>;
  /** Called when anything changes, by another page as well. */
  listen(listener: () => void): () => void;
}

/** Where a store is kept, and what lets one page at a time write it. */
export interface StoreEffects {
  readonly storage: Pick<Storage, "getItem" | "setItem">;
  readonly lock: <T>(task: () => T) => Promise<T>;
  readonly onOthers: (listener: () => void) => void;
  readonly newId: () => string;
}

const KEY = "tapebook.alerts";
const mostRules = 100;
const mostFirings = 200;

const nothingUnkept = {firings: [], faults: []};

interface Kept {
  readonly rules: readonly KeptRule[];
  readonly log: readonly Firing[];
  readonly faults: readonly string[];
}

/**
 * Opens the store. What is kept there is parsed anew at each change: a rule or a firing that makes no sense is left
 * out and named, the others stand.
 */
export function openAlertStore(
  instruments: readonly InstrumentId[],
  effects: StoreEffects = browserEffects()
): AlertStore {
  const {storage, lock, onOthers, newId} = effects;
  const listeners = new Set<() => void>();
  /** What fired and could not be kept: it holds as long as the page. */
  let unkept: {readonly firings: readonly Firing[]; readonly faults: readonly string[]} = nothingUnkept;
  let kept = read();
  onOthers(() => refresh());

  function read(): Kept {
    const {rules, log, faults} = parseKept(storage.getItem(KEY), instruments);
    const {firings} = unkept;
    return {
      rules: rules.map((one) => ({...one, firedTime: one.firedTime ?? firedSince(one, firings)})),
      log: [...firings, ...log],
      faults: [...unkept.faults, ...faults]
    };
  }

  function refresh(): void {
    kept = read();
    for (const listener of listeners) listener();
  }

  function change(changed: Partial<Pick<Kept, "rules" | "log">>): void {
    const {rules, log} = {...read(), ...changed};
    const plain = rules.map(({rule, ...rest}) => ({...rest, rule: formatRule(rule)}));
    storage.setItem(KEY, JSON.stringify({version: 1, rules: plain, log: log.slice(0, mostFirings)}));
    unkept = nothingUnkept;
    refresh();
  }

  return {
    get rules() {
      return kept.rules;
    },
    get log() {
      return kept.log;
    },
    get faults() {
      return kept.faults;
    },
    add(rule, armedTime) {
      const {rules} = read();
      if (!(rules.length < mostRules)) throw new RangeError(`too many rules: ${rules.length}; remove one first`);
      change({rules: [...rules, {id: newId(), rule, armedTime, firedTime: undefined}]});
    },
    remove: (id) => change({rules: read().rules.filter((one) => one.id !== id)}),
    arm(id, armedTime) {
      change({rules: read().rules.map((one) => (one.id === id ? {...one, armedTime, firedTime: undefined} : one))});
    },
    fire: (id, firedTime, evidence) =>
      lock(() => {
        const {rules, log} = read();
        const found = rules.find((one) => one.id === id && one.firedTime === undefined);
        if (!found) return false;
        const firing = {ruleId: id, rule: formatRule(found.rule), firedTime, evidence};
        try {
          change({rules: rules.map((one) => (one === found ? {...one, firedTime} : one)), log: [firing, ...log]});
        } catch (error) {
          const fault = `what fired could not be kept, and is shown until this page is left: ${textOf(error)}`;
          unkept = {firings: [firing, ...unkept.firings], faults: [fault]};
          refresh();
        }
        return true;
      }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}

/** Reads a store's text. Anyone may have written it: what makes no sense is left out and named. */
function parseKept(text: string | null, instruments: readonly InstrumentId[]): Kept {
  if (text === null) return {rules: [], log: [], faults: []};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {rules: [], log: [], faults: ["what this browser kept of alerts is not JSON, and is left out"]};
  }
  const {rules = [], log = []} = isFields(value) ? value : {};
  const faults: string[] = [];
  const each = <T>(name: string, list: unknown, parse: (one: unknown) => T | string): T[] =>
    (Array.isArray(list) ? list : []).flatMap((one, i) => {
      const parsed = parse(one);
      if (typeof parsed !== "string") return [parsed];
      faults.push(`kept ${name} ${i + 1} is left out: ${parsed}`);
      return [];
    });
  return {
    rules: each("rule", rules, (one) => parseKeptRule(one, instruments)),
    log: each("firing", log, parseFiring),
    faults
  };
}

/** When a rule fired since it was armed; `undefined` if it did not. */
function firedSince({id, armedTime}: KeptRule, firings: readonly Firing[]): EpochMs | undefined {
  return firings.find(({ruleId, firedTime}) => ruleId === id && firedTime >= armedTime)?.firedTime;
}

function parseKeptRule(value: unknown, instruments: readonly InstrumentId[]): KeptRule | string {
  if (!isFields(value)) return "not an object";
  const {id, rule: text, armedTime, firedTime} = value;
  if (typeof id !== "string" || typeof text !== "string" || !isTime(armedTime)) return "no id, text or time";
  const parsed = parseRule(text, instruments);
  if ("fault" in parsed) return parsed.fault;
  return {id, rule: parsed.rule, armedTime, firedTime: isTime(firedTime) ? firedTime : undefined};
}

function parseFiring(value: unknown): Firing | string {
  if (!isFields(value)) return "not an object";
  const {ruleId, rule, firedTime, evidence} = value;
  if (typeof ruleId !== "string" || typeof rule !== "string" || !isTime(firedTime)) return "no rule or time";
  return isEvidence(evidence) ? {ruleId, rule, firedTime, evidence} : "no evidence";
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isTime(value: unknown): value is EpochMs {
  return typeof value === "number" && Math.abs(value) < 8.64e15;
}

/** The browser's storage; where it forbids it, as to a page in a file, one that lasts as long as the page. */
function keptStorage(): StoreEffects["storage"] {
  try {
    localStorage.getItem(KEY);
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text)};
  }
}

function browserEffects(): StoreEffects {
  return {
    storage: keptStorage(),
    async lock(task) {
      try {
        return await navigator.locks.request(KEY, async () => task());
      } catch {
        return task(); // a page in a file, or without TLS, has no locks and shares no storage either
      }
    },
    onOthers: (listener) => addEventListener("storage", ({key}) => key === KEY && listener()),
    newId: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  };
}
