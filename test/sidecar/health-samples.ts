import {NINE} from "./test-server.js";

/** A feed as `/healthz` has it. */
export const feed = (name: string, connected: boolean, lastError: string | null, gaps = 0) => {
  const times = {lastEventTime: null, lastReceivedTime: null};
  const counts = {...{rate: 0, reconnects: 2, gaps}, late: 3, corrected: 0, dropped: 4};
  return {name, instruments: ["X:A" as const], connected, ...times, ...counts, lastError};
};
/** A store in every trouble there is. */
export const store = {
  ...{connected: false, waiting: 7, waitingSince: Date.now() - 4_000, journalBytes: 4_096, isJournaled: false},
  ...{barsDropped: 5, ticksDropped: 6, journalError: "journal: ENOSPC", lastError: "connection refused"}
};
/** Signals that one of four targets could not be searched for. */
export const signals = {targets: 4, failing: 1, lastError: "X:A 5m: no room for X:A"};
/** Snapshots of which one could not be taken. */
export const snapshots = {takenTime: NINE, failures: 3, lastError: "snapshot of X:A: another job is writing"};
