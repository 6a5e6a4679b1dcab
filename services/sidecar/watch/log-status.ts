import type {Logger} from "pino";
import type {StatusEvent} from "../../domain/wire.js";
import type {Hub} from "../topics/hub.js";

/**
 * Logs what changes in the status: a feed that is lost or had, another error, a store that is, snapshots that
 * could not be taken, signals that could not be looked for.
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

  function sayWork(about: string, error: string | null, [failing, well]: readonly [string, string]): void {
    const last = said.get(about) ?? "";
    said.set(about, error ?? "");
    if (error !== null && error !== last) log.warn({about, error}, failing);
    else if (error === null && last !== "") log.info({about, error}, well);
  }

  function take({feeds, store, snapshots, signals}: StatusEvent): void {
    for (const {name, connected, lastError} of feeds) say(`feed ${name}`, connected, lastError);
    if (store) say("store", store.connected, store.lastError);
    if (snapshots) sayWork("snapshots", snapshots.lastError, ["not taken", "taken"]);
    if (signals) sayWork("signals", signals.lastError, ["not looked for", "looked for"]);
  }

  return hub.listenAll((outgoing) => {
    for (const {event} of outgoing) if (event.type === "status") take(event);
  });
}
