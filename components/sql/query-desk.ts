import type {Formats} from "../format/create-formats.js";
import type {QueryStore} from "../inputs/address-query.js";
import {linkFaults} from "../inputs/link-faults.js";
import {type BoxParts, goToPlace, showRunning} from "./box-parts.js";
import type {Sql} from "./create-sql.js";
import {faultView} from "./fault-view.js";
import {addressFaults, longestLink, type QueryAddress, readAddress, writeAddress} from "./query-address.js";
import {queryFault} from "./query-fault.js";
import type {historyView, QueryHistory} from "./query-history.js";
import {type QueryRun, type RunOutcome, startRun} from "./query-run.js";
import {resultView} from "./result-view.js";
import {cancelledNote, runSummary} from "./run-words.js";

/** An editor at work: its parts, what it shows and what runs. */
export interface QueryDesk {
  readonly sql: Pick<Sql, "run">;
  readonly format: Formats;
  /** What stands in the editor where the address names no query. */
  readonly text: string;
  readonly address: QueryStore;
  readonly history: QueryHistory;
  readonly now: () => number;
  readonly parts: BoxParts;
  readonly past: ReturnType<typeof historyView>;
  readonly faults: HTMLElement;
  /** What the address says: the query that ran last and how its result is looked at. */
  shown: QueryAddress;
  under: QueryRun | undefined;
  /** How that query ended; none while it runs. */
  ended: RunOutcome | undefined;
}

/** Runs what stands in the editor, as a step of the browser's history. */
export function ask(desk: QueryDesk): void {
  const text = desk.parts.area.value.trim();
  if (text === "") desk.parts.said.textContent = "There is no query to run.";
  else void run(desk, keepAddress(desk, {...desk.shown, text}));
}

/** The reader went back or forward: what the address says now, its answer and its view. */
export function follow(desk: QueryDesk): void {
  const {address, faults, parts, shown} = desk;
  const asked = readAddress(address.read());
  faults.replaceChildren(...linkFaults(addressFaults(address.read())));
  desk.shown = asked;
  if (asked.text === shown.text) {
    if (asked.view !== shown.view) showAnswer(desk);
    return;
  }
  parts.area.value = asked.text ?? desk.text;
  if (asked.text !== null) void run(desk);
  else clear(desk);
}

function clear(desk: QueryDesk): void {
  const {said, printed, answer} = desk.parts;
  desk.under?.cancel();
  desk.under = undefined;
  desk.ended = undefined;
  for (const part of [said, printed, answer]) part.replaceChildren();
}

/**
 * Runs what stands in the editor, and leaves the address alone.
 *
 * @param isWhole whether a link reproduces the query, which one that came by a link does
 */
export async function run(desk: QueryDesk, isWhole = true): Promise<void> {
  const {sql, history, past, now, parts} = desk;
  const text = parts.area.value.trim();
  desk.under?.cancel();
  const own = startRun(sql, text, now);
  desk.under = own;
  desk.ended = undefined;
  history.add(text);
  past.renew();
  parts.printed.textContent = text;
  const stop = showRunning(parts, now);
  const outcome = await own.outcome.finally(stop);
  if (desk.under !== own) return; // the later query says how it stands
  desk.under = undefined;
  desk.ended = outcome;
  parts.said.textContent = runSummary(outcome, desk.format);
  showAnswer(desk);
  if (!isWhole) parts.said.append(` The query is too long for a link, which holds ${longestLink} characters.`);
}

function showAnswer(desk: QueryDesk): void {
  const {ended, parts} = desk;
  if (ended !== undefined) parts.answer.replaceChildren(answerOf(desk, ended, parts.printed.textContent ?? ""));
}

function answerOf(desk: QueryDesk, outcome: RunOutcome, text: string): Node {
  if (outcome.name === "cancelled") return cancelledNote(outcome.afterMs);
  if (outcome.name === "failed")
    return faultView(queryFault(outcome.error, text), (offset) => goToPlace(desk.parts.area, text, offset));
  const onView = (view: QueryAddress["view"]) => keepAddress(desk, {...desk.shown, view});
  return resultView(outcome.result, {format: desk.format, view: desk.shown.view, onView});
}

/** @returns whether a link reproduces the query */
function keepAddress(desk: QueryDesk, shown: QueryAddress): boolean {
  desk.shown = shown;
  desk.faults.replaceChildren();
  const {query, isWhole} = writeAddress(desk.address.read(), shown);
  desk.address.write(query);
  return isWhole;
}
