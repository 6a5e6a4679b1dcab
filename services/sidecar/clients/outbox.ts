import type {Topic} from "../../domain/wire.js";
import {type Outgoing, toOutgoing} from "../topics/hub.js";
import {isSuperseded} from "../topics/topic-log.js";
import {type Encoding, encodeFrames, type Frame} from "./encode-frames.js";
import type {Delivery, Reader} from "./fan-out.js";

/** The sending half of a socket. */
export interface Wire {
  /** Bytes handed over and not yet taken by the system. */
  unsentBytes(): number;
  send(frame: Frame, sent: () => void): void;
  close(code: number, reason: string): void;
}

/** What is said to one client. */
export interface Outbox extends Reader {
  /** An answer: always sent. */
  answer(text: string): void;
  /** Events, of which a lagging client gets only those that are not superseded. */
  deliver(delivery: Delivery): void;
  /** Whether the client reads along, so that more than the newest may be said. */
  hasRoom(): boolean;
  /** Bytes that wait for this client, held events included. */
  waitingBytes(): number;
  /** Sends the client away as too slow, and forgets what it was not told. */
  cutOff(): void;
}

/** How an outbox sends, and whom it tells what. */
export interface OutboxOptions {
  readonly highWaterBytes: number;
  readonly cutOffBytes: number;
  readonly encoding?: Encoding;
  /** Called for every event that is left out because a newer one stands for it. */
  readonly onConflated?: () => void;
  /** Called when what was sent has gone and there is room for more. */
  readonly onRoom?: () => void;
}

/** Close code for a client that reads too slowly even for the newest events. */
export const CLOSE_TOO_SLOW = 4003;
/** More than a tick, a bar or a signal needs as JSON, which need not be made to know it. */
const HELD_EVENT_BYTES = 512;

/**
 * Sending that no slow reader can make costly. Up to *highWaterBytes* unsent, events go out as they come. Beyond, they
 * are held: of ticks, forming bars and statuses the newest per topic, marked with how many it stands for; final bars
 * all. Past *cutOffBytes*, held ones included, the client is closed with 4003; it can resume.
 */
export function createOutbox(
  wire: Wire,
  {highWaterBytes, cutOffBytes, encoding = "json", onConflated, onRoom}: OutboxOptions
): Outbox {
  const held = new Map<Topic, Outgoing[]>();
  let heldBytes = 0;
  let heldEvents = 0;
  let isClosed = false;

  const waitingBytes = () => wire.unsentBytes() + heldBytes;
  const hasRoom = () => !isClosed && heldEvents === 0 && wire.unsentBytes() <= highWaterBytes;

  function write(frame: Frame): void {
    if (isClosed) return;
    wire.send(frame, release);
    checkLimit();
  }

  function checkLimit(): void {
    if (waitingBytes() > cutOffBytes) cutOff();
  }

  function cutOff(): void {
    if (isClosed) return;
    isClosed = true;
    clear();
    wire.close(CLOSE_TOO_SLOW, "reader too slow");
  }

  function clear(): void {
    held.clear();
    heldBytes = 0;
    heldEvents = 0;
  }

  function release(): void {
    if (wire.unsentBytes() > highWaterBytes) return;
    if (heldEvents > 0) {
      const outgoing = [...held.values()].flat();
      clear();
      encodeFrames(outgoing, encoding).forEach(write);
    }
    if (hasRoom()) onRoom?.();
  }

  function hold(outgoing: Outgoing): void {
    const {topic} = outgoing.event;
    const queue = held.get(topic) ?? [];
    const last = queue.at(-1);
    const isStale = last !== undefined && (last.event.type === "tick" || isSuperseded(last.event));
    if (isStale) {
      queue.pop();
      onConflated?.();
    }
    queue.push(isStale ? standFor(outgoing, last) : outgoing);
    held.set(topic, queue);
    heldBytes += weightOf(outgoing) - (isStale ? weightOf(last) : 0);
    heldEvents += isStale ? 0 : 1;
  }

  return {
    encoding,
    hasRoom,
    waitingBytes,
    cutOff,
    answer: (text) => write({data: Buffer.from(text), isBinary: false}),
    deliver({outgoing, frames}) {
      if (isClosed) return;
      if (hasRoom()) return frames.forEach(write);
      outgoing.forEach(hold);
      checkLimit();
    }
  };
}

/** What a held event is reckoned at, in bytes. */
function weightOf(outgoing: Outgoing): number {
  return outgoing.event.type === "status" ? outgoing.text.length : HELD_EVENT_BYTES;
}

function standFor({event, number}: Outgoing, {event: left}: Outgoing): Outgoing {
  return toOutgoing({...event, conflated: (left.conflated ?? 0) + 1}, number);
}
