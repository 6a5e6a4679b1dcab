import type {Logger} from "pino";
import type {StatusEvent} from "../../domain/wire.js";
import type {Hub} from "../topics/hub.js";

/**
 * Logs what changes in the status: a feed that is lost or had, another error, a store that is, a snapshot that
 * could not be taken.
 *
 * @returns a function that stops it
 */
export function logStatus(hub: Hub, log: Logger): () => void {
  const said = new Map<string, string>();

  function say(about: string, connected: boolean, lastError: string | null): void {
    const words = `${connected} ${lastError}`;
    if (said.get(about) === words) return;
    said.set(about, words);
    if (lastError !== null) log.warn({about, connected, error: lastError}, "not well");
    else log.info({about, connected, error: null}, connected ? "connected" : "connecting");
  }

  function saySnapshots(error: string | null): void {
    const last = said.get("snapshots") ?? "";
    said.set("snapshots", error ?? "");
    if (error !== null && error !== last) log.warn({about: "snapshots", error}, "not taken");
    else if (error === null && last !== "") log.info({about: "snapshots", error}, "taken");
  }

  function take({feeds, store, snapshots}: StatusEvent): void {
    for (const {name, connected, lastError} of feeds) say(`feed ${name}`, connected, lastError);
    if (store) say("store", store.connected, store.lastError);
    if (snapshots) saySnapshots(snapshots.lastError);
  }

  return hub.listenAll((outgoing) => {
    for (const {event} of outgoing) if (event.type === "status") take(event);
  });
}
