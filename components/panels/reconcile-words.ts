import type {Reconciliation} from "../../services/analytics/performance/reconcile.js";
import type {DealProblem} from "../../services/analytics/performance/round-trips.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";

/** The account's currency, and the deals that could not be matched, which are named first. */
export interface ReconcileWordsOptions {
  readonly format: Formats;
  readonly currency: string;
  readonly problems: readonly DealProblem[];
}

/** Whether an account adds up, in sentences: what is wrong first, then what holds. */
export function reconcileWords(found: Reconciliation, options: ReconcileWordsOptions): string {
  const said = [dealWords(options), balanceWords(found, options), ...positionWords(found, options)];
  const inOrder = [...said.filter(({isWrong}) => isWrong), ...said.filter(({isWrong}) => !isWrong)];
  return inOrder.map(({text}) => text).join(" ");
}

/** A sentence of the verdict, and whether it is bad news. */
interface Said {
  readonly isWrong: boolean;
  readonly text: string;
}

function dealWords({problems, format}: ReconcileWordsOptions): Said {
  if (problems.length === 0)
    return {
      isWrong: false,
      text: "Every deal is in a round trip, in an opening still open, or in a payment, and they add up to the minor unit."
    };
  const deals = counted(problems.length, "deal", format);
  return {isWrong: true, text: `${deals} cannot be matched, and why stands below; their money is in no round trip.`};
}

function balanceWords({stated}: Reconciliation, {format, currency}: ReconcileWordsOptions): Said {
  if (stated === undefined) return {isWrong: false, text: "The source states no balance to compare with."};
  if (stated.difference.minor === 0)
    return {isWrong: false, text: "The deals come to the balance that the broker states."};
  const difference = `${format.money(stated.difference, {signed: true})}\u00a0${currency}`;
  return {
    isWrong: true,
    text: `The deals come to ${difference} against the balance that the broker states: the history does not begin with the account, or lacks deals.`
  };
}

function positionWords({mismatches}: Reconciliation, {format}: ReconcileWordsOptions): Said[] {
  if (mismatches.length === 0) return [];
  const positions = counted(mismatches.length, "position", format);
  const verb = mismatches.length === 1 ? "disagrees" : "disagree";
  return [{isWrong: true, text: `${positions} ${verb}: what is open by the deals is not what the broker holds open.`}];
}
