import * as z from "zod";
import type {ClientMessage} from "../../domain/wire.js";
import {ProtocolError} from "./protocol-error.js";

const topics = z.array(z.string().max(200)).min(1).max(1_000);
const message = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("subscribe"),
    topics,
    since: z.exactOptional(z.record(z.string(), z.number().nonnegative()))
  }),
  z.object({op: z.literal("unsubscribe"), topics}),
  z.object({op: z.literal("ping"), id: z.exactOptional(z.number())})
]);

/**
 * A client's message from its frame's text. Fields that the protocol does not name are ignored.
 *
 * @throws {ProtocolError} `bad-json` or `bad-message`, naming the field
 */
export function parseMessage(text: string): ClientMessage {
  const result = message.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ProtocolError(
    "bad-message",
    `${issue?.path.join(".") || "message"}: ${issue?.message ?? "not understood"}`
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError("bad-json", `not JSON: ${text.slice(0, 40)}`);
  }
}
