import {type ClientOptions, WebSocket} from "ws";
import type {ServerMessage} from "../../services/domain/wire.js";

type Kind = ServerMessage["type"];

/** A bare client that keeps what it is told. */
export interface SocketClient {
  readonly socket: WebSocket;
  readonly messages: readonly ServerMessage[];
  readonly closed: Promise<{code: number; reason: string}>;
  say(message: unknown): void;
  /** The next message of a type that has not been taken yet. */
  next<K extends Kind>(type: K): Promise<Extract<ServerMessage, {type: K}>>;
}

export async function openSocketClient(url: string, options: ClientOptions = {}): Promise<SocketClient> {
  const socket = new WebSocket(url, options);
  const messages: ServerMessage[] = [];
  const taken = new Set<ServerMessage>();
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)) as ServerMessage);
    for (const look of waiting) look();
  });
  const closed = new Promise<{code: number; reason: string}>((resolve) => {
    socket.on("close", (code, reason) => resolve({code, reason: String(reason)}));
  });

  function next<K extends Kind>(type: K): Promise<Extract<ServerMessage, {type: K}>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = messages.find((message) => message.type === type && !taken.has(message));
        if (!found) return;
        taken.add(found);
        waiting.delete(look);
        resolve(found as Extract<ServerMessage, {type: K}>);
      };
      waiting.add(look);
      look();
    });
  }

  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {}); // a close with a code follows
  const say = (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return {socket, messages, closed, say, next};
}
