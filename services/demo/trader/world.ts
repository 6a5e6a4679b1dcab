import type {EpochMs, SessionDate} from "../../domain/time.js";
import type {RandomStream} from "../tape/random.js";
import type {Tape} from "../tape/tape.js";
import type {AccountDeal, DealReason, NewDeal} from "./account-deal.js";
import type {Desk} from "./desk.js";
import type {PositionSide} from "./quotes.js";
import type {Market, TraderSpec} from "./spec.js";

/** What lay behind a position: the truth that a detector of habits is scored against. */
export interface PlantedTrip {
  readonly position: number;
  readonly openTime: EpochMs;
  /** Whether the trader went in again because of what had just happened. */
  readonly isReentry: boolean;
  /** Wins in a row when it was opened, and the multiple of the usual size that they led to. */
  readonly winsBefore: number;
  readonly sizeMultiple: number;
}

/** A position while it is open. */
export interface Held {
  readonly position: number;
  readonly market: Market;
  readonly side: PositionSide;
  readonly openTime: EpochMs;
  readonly price: number;
  readonly stop: number;
  readonly target: number;
  readonly lots: number;
  /** How patient the trader is with it: 1 as usual, more for a position that is meant to run. */
  readonly patience: number;
  readonly random: RandomStream;
  leftLots: number;
}

/** What happens next: a day begins, the trader goes in, looks at a position, or a stop or target is reached. */
export type TraderEvent =
  | {readonly time: EpochMs; readonly type: "day"; readonly date: SessionDate}
  | {
      readonly time: EpochMs;
      readonly type: "entry";
      readonly again?: {readonly market: Market; readonly side: PositionSide};
    }
  | {readonly time: EpochMs; readonly type: "look"; readonly held: Held}
  | {readonly time: EpochMs; readonly type: "exit"; readonly held: Held; readonly reason: DealReason};

/** A trader in the market: what is fixed, and how things stand after the last event. */
export interface World {
  readonly spec: TraderSpec;
  readonly tape: Tape;
  readonly desk: Desk;
  readonly deals: AccountDeal[];
  readonly planted: PlantedTrip[];
  readonly held: Set<Held>;
  readonly events: TraderEvent[];
  winsInARow: number;
  entries: number;
}

/** The number of the order that is sent next. A position bears the number of the order that opened it. */
export function nextOrder({deals, spec}: World): number {
  return spec.firstOrder + deals.length;
}

/** Adds a deal to the history, with the next numbers. */
export function record(world: World, deal: NewDeal): void {
  const {deals, spec} = world;
  const order = deal.type === "balance" ? 0 : nextOrder(world);
  deals.push({ticket: spec.firstDeal + deals.length, order, ...deal});
}
