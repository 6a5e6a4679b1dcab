import type {BarHistory} from "./bar-history.js";
import type {TrendStartEvent, TrendStartType} from "./trend-start-event.js";

const MANY_ROWS = 256;

/** What has been stated, and what is to be stated at the current bar. */
export interface Statements {
  /** States a confirmed start, and before it the one it forces. One per row and type: a second is not stated. */
  confirm(type: TrendStartType, row: number, ruleType: string): void;
  /** The statements since the last call. */
  take(): readonly TrendStartEvent[];
  /** The oldest row it may ask the history for, ∞ where none. */
  readonly oldest: number;
}

/** Statements on the bars of a history, the last of which is the triggering bar. */
export function createStatements(history: BarHistory): Statements {
  const stated: Readonly<Record<TrendStartType, Set<number>>> = {uptrend_start: new Set(), downtrend_start: new Set()};
  let last: {readonly type: TrendStartType; readonly row: number} | undefined;
  let pending: TrendStartEvent[] = [];

  function state(type: TrendStartType, row: number, ruleType: string): void {
    const rows = stated[type];
    if (rows.has(row)) return;
    if (rows.size > MANY_ROWS) dropRows(rows, history.first);
    rows.add(row);
    const {time, close} = history.at(row);
    const knownAt = history.at(history.length - 1).time;
    const evidence = {confirmedBar: row + 1, triggeringBar: history.length};
    pending.push({type, time, knownAt, price: close, evidence, rule: "trend-start@1", ruleType});
  }

  return {
    confirm(type, row, ruleType) {
      if (last?.type === type && row > last.row + 1) {
        const side = type === "uptrend_start" ? "CUS" : "CDS";
        state(oppositeOf(type), extremeBetween(history, last.row, row, type), `FORCED_by_${side}_${ruleType}`);
      }
      state(type, row, ruleType);
      last = {type, row};
    },
    take() {
      if (pending.length === 0) return none;
      const events = pending;
      pending = [];
      return events;
    },
    get oldest() {
      return last?.row ?? Infinity;
    }
  };
}

function dropRows(rows: Set<number>, before: number): void {
  for (const row of rows) if (row < before) rows.delete(row);
}

function oppositeOf(type: TrendStartType): TrendStartType {
  return type === "uptrend_start" ? "downtrend_start" : "uptrend_start";
}

/** The highest high strictly between two uptrend starts, or the lowest low between two downtrend starts; the first of equals. */
function extremeBetween(history: BarHistory, start: number, end: number, type: TrendStartType): number {
  const height = (row: number) => (type === "uptrend_start" ? history.at(row).high : -history.at(row).low);
  let best = start + 1;
  for (let row = start + 2; row < end; ++row) if (height(row) > height(best)) best = row;
  return best;
}

const none: readonly TrendStartEvent[] = [];
