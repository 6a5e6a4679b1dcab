import type {EpochMs} from "../../services/domain/time.js";
import type {LiveDesk} from "../live/live-desk.js";
import {formatRule} from "./alert-rule.js";
import type {AlertStore, Firing} from "./alert-store.js";
import {evaluateRule} from "./evaluate-rule.js";

/** What an engine watches, and whom it tells. */
export interface AlertEngineOptions {
  readonly desk: LiveDesk;
  readonly store: AlertStore;
  /** Called for each firing, once over all pages of this browser. */
  readonly onFiring: (firing: Firing) => void;
  readonly everyMs?: number;
}

/** A page that has not looked for longer than this was asleep meanwhile. */
const ASLEEP_MS = 15_000;

/**
 * Holds every armed rule against the desk, twice a second while anything comes and at least each second; a hidden page
 * goes on, as far as its browser lets it.
 *
 * @returns a function that ends it
 */
export function runAlerts({desk, store, onFiring, everyMs = 500}: AlertEngineOptions): () => void {
  let looked = desk.now();
  let awakeTime = looked;
  const firing = new Set<string>();

  async function fire(id: string, now: EpochMs): Promise<void> {
    const kept = store.rules.find((one) => one.id === id);
    const evidence = kept && evaluateRule(kept.rule, {desk, armedTime: kept.armedTime, awakeTime});
    if (!kept || !evidence) return;
    firing.add(id);
    try {
      if (await store.fire(id, now, evidence))
        onFiring({ruleId: id, rule: formatRule(kept.rule), firedTime: now, evidence});
    } finally {
      firing.delete(id);
    }
  }

  function look(): void {
    const now = desk.now();
    if (!(now - looked <= ASLEEP_MS)) awakeTime = now;
    looked = now;
    for (const {id, firedTime} of store.rules) if (firedTime === undefined && !firing.has(id)) void fire(id, now);
  }

  let due: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    due ??= setTimeout(() => {
      due = undefined;
      look();
    }, everyMs);
  };
  const unlisten = [desk.listen(soon), store.listen(soon)];
  const timer = setInterval(look, 1_000);
  return () => {
    clearTimeout(due);
    clearInterval(timer);
    for (const stop of unlisten) stop();
  };
}
