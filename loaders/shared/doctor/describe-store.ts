import {formatIso} from "../../../services/domain/time.js";
import type {SnapshotStatus, StoreStatus} from "../../../services/domain/wire.js";
import type {Finding} from "./finding.js";

/** What a sidecar's `/healthz` says of its store; nothing where it has none. */
export function describeStore(body: unknown): Finding[] {
  const store = (body as {store?: Partial<StoreStatus> | null} | undefined)?.store;
  if (typeof store !== "object" || store === null) return [];
  const {waiting = 0, waitingSince, journalBytes = 0, lastError} = store;
  const since = typeof waitingSince === "number" ? ` since ${formatIso(waitingSince)}` : "";
  const waits = `${waiting} bars wait${waiting > 0 ? since : ""}, ${journalBytes} bytes of journal`;
  if (store.connected === true && typeof lastError !== "string")
    return [{area: "sidecar", severity: "ok", what: `store is connected: ${waits}`}];
  const errors = [...new Set([lastError, store.journalError])].filter((error) => typeof error === "string");
  const what = `store: ${errors.join("; ") || "not connected yet"} (${waits})`;
  const isJournal = /^journal/.test(lastError ?? "");
  const remedy = isJournal ? "make room on the disk of the journal" : "see that the database of the source store runs";
  return [{area: "sidecar", severity: "warning", what, remedy}];
}

/** What a sidecar's `/healthz` says of the snapshots it takes; nothing where it takes none. */
export function describeSnapshots(body: unknown): Finding[] {
  const snapshots = (body as {snapshots?: Partial<SnapshotStatus> | null} | undefined)?.snapshots;
  if (typeof snapshots !== "object" || snapshots === null) return [];
  const {takenTime, lastError} = snapshots;
  const last = typeof takenTime === "number" ? `the last was taken at ${formatIso(takenTime)}` : "none was taken yet";
  if (typeof lastError !== "string") return [{area: "sidecar", severity: "ok", what: `live snapshots: ${last}`}];
  const remedy = "let another job that writes there end; where minutes are missing, run npm run snapshot";
  return [{area: "sidecar", severity: "warning", what: `live snapshots: ${lastError} (${last})`, remedy}];
}
