import type {WebSocket} from "ws";
import type {TopicEvent} from "../../domain/wire.js";
import {barPayload, tickPayload} from "../../sources/postgres/payloads.js";
import type {Limits} from "../limits.js";
import {followedBar} from "../topics/bar-topic.js";
import type {Hub} from "../topics/hub.js";
import type {Metrics} from "../watch/metrics.js";
import {CLOSE_TOO_SLOW} from "./outbox.js";
import type {Roster} from "./roster.js";

/** Clients of `/broadcast`, who send nothing and are told everything. */
export interface Broadcast {
  /** Tells a client from now on. @param close ends it with a code and a reason */
  add(client: WebSocket, close: (code: number, reason: string) => void): void;
  stop(): void;
}

/** The path of clients that know the two payloads of the contract and no protocol. */
export const BROADCAST_PATH = "/broadcast";

/**
 * The payload of the contract that an event is, `undefined` of an event that is none: a tick as `tick_data_channel` tells
 * it, a final bar of a minute and longer as `ohlc_update` does.
 */
function broadcastPayload(event: TopicEvent): string | undefined {
  if (event.type === "tick") return tickPayload(event.tick.instrument, event.tick);
  if (event.type !== "bar" || !event.final) return undefined;
  const {instrument: contractId, timeframe} = followedBar(event.topic);
  return timeframe === "1s" ? undefined : barPayload({contractId, timeframe, bar: event.bar});
}

/**
 * A broadcast of a hub's ticks and final bars, one payload a frame, in order. For a client with more than *highWaterBytes*
 * unsent ticks are left out, bars never; past *cutOffBytes* it is closed with 4003.
 */
export function createBroadcast(
  hub: Hub,
  {highWaterBytes, cutOffBytes}: Pick<Limits, "highWaterBytes" | "cutOffBytes">,
  roster: Roster,
  metrics: Pick<Metrics, "frames" | "broadcastDropped">
): Broadcast {
  const clients = new Map<WebSocket, () => void>();

  function tell(event: TopicEvent): void {
    const payload = clients.size === 0 ? undefined : broadcastPayload(event);
    if (payload === undefined) return;
    for (const [client, cutOff] of clients) {
      const unsent = client.bufferedAmount;
      if (unsent > cutOffBytes) cutOff();
      else if (unsent > highWaterBytes && event.type === "tick") metrics.broadcastDropped.inc();
      else {
        metrics.frames.inc();
        client.send(payload);
      }
    }
  }

  const stop = hub.listenAll((outgoing) => outgoing.forEach(({event}) => void tell(event)));
  return {
    add(client, close) {
      const cutOff = () => {
        clients.delete(client);
        close(CLOSE_TOO_SLOW, "reader too slow");
      };
      clients.set(client, cutOff);
      roster.add(client, {waitingBytes: () => client.bufferedAmount, cutOff});
      client.on("message", () => {}); // whatever it says, it is told the same
      client.on("error", () => client.terminate());
      client.once("close", () => clients.delete(client));
    },
    stop
  };
}
