import {shiftDate, type TradingCalendar} from "../../domain/calendar.js";
import {DAY_MS, type EpochMs, type SessionDate} from "../../domain/time.js";
import {timeIn} from "../../domain/zone.js";
import type {Tape} from "../tape/tape.js";
import type {AccountDeal} from "./account-deal.js";
import {createDesk} from "./desk.js";
import {enter} from "./enter.js";
import {leave, look} from "./leave.js";
import type {TraderSpec} from "./spec.js";
import {type PlantedTrip, record, type TraderEvent, type World} from "./world.js";

/** A trader's history, worked out as far as it is asked for. */
export interface TraderHistory {
  readonly spec: TraderSpec;
  /** All deals up to and with *until*, oldest first. */
  deals(until: EpochMs): readonly AccountDeal[];
  /** What was planted, for the positions opened up to *until*. */
  planted(until: EpochMs): readonly PlantedTrip[];
}

const dayBegins = 60;

/**
 * The history of a trader with planted habits: entries by chance while at the desk, a stop and a target at one distance,
 * now and then a look at each position with a chance to close it. With all habits at 0 nothing depends on gain or loss.
 * Prices are the tape's, deals are in order of time, and the past does not depend on how far the history is asked for.
 */
export function createTraderHistory(spec: TraderSpec, tape: Tape, calendar: TradingCalendar): TraderHistory {
  const desk = createDesk(spec, calendar, tape.seed);
  const first: TraderEvent = {time: timeIn(spec.zone, spec.opened, dayBegins), type: "day", date: spec.opened};
  const begun = {deals: [], planted: [], held: new Set<never>(), events: [first], winsInARow: 0, entries: 0};
  const world: World = {spec, tape, desk, ...begun};
  return {
    spec,
    deals(until) {
      run(world, until);
      return world.deals.filter(({time}) => time <= until);
    },
    planted(until) {
      run(world, until);
      return world.planted.filter(({openTime}) => openTime <= until);
    }
  };
}

function run(world: World, until: EpochMs): void {
  const {events} = world;
  for (;;) {
    const next = events.reduce((least, event, i) => (event.time < events[least]!.time ? i : least), 0);
    if (events[next]!.time > until) return;
    step(world, events.splice(next, 1)[0]!);
  }
}

function step(world: World, event: TraderEvent): void {
  if (event.type === "day") beginDay(world, event.time, event.date);
  else if (event.type === "entry") enter(world, event.time, event.again);
  else if (event.type === "look") look(world, event.time, event.held);
  else leave(world, event.time, event.held, event.held.leftLots, event.reason);
}

function beginDay(world: World, time: EpochMs, date: SessionDate): void {
  const {spec, desk, events} = world;
  const day = Math.round((Date.parse(date) - Date.parse(spec.opened)) / DAY_MS);
  const amount = day === 0 ? spec.deposit : spec.transfers.find(([after]) => after === day)?.[1];
  if (amount !== undefined) transfer(world, time, amount);
  for (const entry of desk.entriesOn(date)) events.push({time: entry, type: "entry"});
  const next = shiftDate(date, 1);
  events.push({time: timeIn(spec.zone, next, dayBegins), type: "day", date: next});
}

function transfer(world: World, time: EpochMs, profit: number): void {
  const comment = profit > 0 ? "Deposit" : "Withdrawal";
  const none = {position: 0, symbol: "", lots: 0, price: 0, commission: 0, swap: 0, stopPrice: 0, targetPrice: 0};
  record(world, {...none, time, type: "balance", entry: "in", profit, reason: "client", comment});
}
