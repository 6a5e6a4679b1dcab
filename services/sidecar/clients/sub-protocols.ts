import {subProtocols} from "../../domain/tick-frame.js";
import type {Encoding} from "./encode-frames.js";

/** Which of the sub-protocols that a client offers is spoken: the binary one if it is there; `false` for none. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(subProtocols.ticks)) return subProtocols.ticks;
  return offered.has(subProtocols.json) ? subProtocols.json : false;
}

/** How a client of a sub-protocol is told of ticks. */
export function encodingOf(protocol: string): Encoding {
  return protocol === subProtocols.ticks ? "ticks" : "json";
}
