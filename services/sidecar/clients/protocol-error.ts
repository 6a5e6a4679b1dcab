/** Why a message was refused; each has its line in `docs/protocol.md`. */
export type ProtocolErrorCode =
  | "bad-json" // the frame is not JSON text
  | "bad-message" // it is, but not one of the protocol's messages
  | "unknown-topic" // the sidecar has no such topic
  | "too-many-topics" // the client's subscriptions are used up
  | "rate-limited"; // messages come faster than allowed

/** A client's message that cannot be carried out; the connection stands. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string) {
    super(message);
    this.name = "ProtocolError";
    this.code = code;
  }
}
