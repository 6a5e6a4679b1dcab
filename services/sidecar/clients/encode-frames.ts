import {createTickEncoder} from "../../domain/encode-ticks.js";
import type {NumberedTick} from "../../domain/tick-frame.js";
import type {Outgoing} from "../topics/hub.js";

/** How a client is told of ticks: as JSON like all else, or as binary frames. */
export type Encoding = "json" | "ticks";

/** One WebSocket message, ready to be sent to any number of clients. */
export interface Frame {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

const encodeTicks = createTickEncoder();
const MAX_NUMBER = 0xffff;

/** Events as at most two frames, in the order of each topic: a JSON text and, for `ticks`, a binary one. */
export function encodeFrames(outgoing: readonly Outgoing[], encoding: Encoding): Frame[] {
  const ticks = encoding === "ticks" ? outgoing.filter(isNumberedTick) : [];
  const others = ticks.length === 0 ? outgoing : outgoing.filter((one) => !isNumberedTick(one));
  const frames: Frame[] = [];
  if (others.length > 0) frames.push({data: Buffer.from(textOf(others)), isBinary: false});
  if (ticks.length > 0) frames.push({data: asBuffer(encodeTicks(ticks)), isBinary: true});
  return frames;
}

/** Seen as a buffer once, for `ws` would do so at every send. */
function asBuffer({buffer, byteOffset, byteLength}: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function isNumberedTick(outgoing: Outgoing): outgoing is Outgoing & NumberedTick {
  return outgoing.event.type === "tick" && outgoing.number <= MAX_NUMBER;
}

function textOf(outgoing: readonly Outgoing[]): string {
  if (outgoing.length === 1) return outgoing[0]!.text;
  return `{"type":"batch","events":[${outgoing.map(({text}) => text).join(",")}]}`;
}
