import {once} from "node:events";
import {connect, type Socket as TcpSocket} from "node:net";
import {WebSocket} from "ws";
import {type Client, createClient} from "../../components/live/client.js";
import {defaultClientEffects, type Socket} from "../../components/live/client-effects.js";
import {subProtocols} from "../../services/domain/tick-frame.js";
import type {Topic, TopicEvent} from "../../services/domain/wire.js";
import type {DrainOrder, ReaderOrder, ReaderReport} from "./readers.js";

const drains: TcpSocket[] = [];
const clients: Client[] = [];
const plain: WebSocket[] = [];
let latenciesMs: number[] = [];
let drained = 0;

const nowMs = () => performance.timeOrigin + performance.now();
const take = (events: readonly TopicEvent[]) => {
  const now = nowMs();
  for (const event of events) if (event.type === "tick") latenciesMs.push(now - event.tick.receivedTime);
};

/** A client that reads its socket and looks at nothing: five hundred cost this process little. */
async function openDrain({url, topics, isJson = false}: DrainOrder): Promise<void> {
  const {hostname, port} = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const lines = [
    "GET / HTTP/1.1",
    `Host: ${hostname}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGFwZWJvb2stcmVhZGVycw==",
    "Sec-WebSocket-Version: 13",
    ...(topics.length === 0 || isJson ? [] : [`Sec-WebSocket-Protocol: ${subProtocols.ticks}`])
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "data");
  drains.push(socket); // not before: a pong ahead of the request would be no HTTP
  socket.on("data", (chunk) => {
    drained += chunk.length;
  });
  if (topics.length > 0) socket.write(maskedText(JSON.stringify({op: "subscribe", topics})));
}

/** A pong that nobody asked for, so that the server does not take one who answers no ping for gone. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
setInterval(() => drains.forEach((socket) => void socket.write(pong)), 5_000).unref();

/** A client's text frame: the mask of zeros leaves the text as it is. */
function maskedText(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(0x81, 0);
  head.writeUInt8(0x80 | 126, 1);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

async function openPage(url: string, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return openPlainPage(url);
  const open = (address: string, protocols: readonly string[]) => new WebSocket(address, [...protocols]) as Socket;
  const client = createClient({url, topics: topics as readonly Topic[], effects: {...defaultClientEffects, open}});
  clients.push(client);
  client.listen({onEvents: take});
  // The answer to the ping that is sent behind the subscription: from here on the page is told every tick.
  while (!(client.state.latencyMs >= 0)) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function openPlainPage(url: string): Promise<void> {
  const socket = new WebSocket(url);
  plain.push(socket);
  await once(socket, "open");
  socket.onmessage = ({data}) => take([JSON.parse(String(data)) as TopicEvent]);
}

async function carryOut(order: ReaderOrder): Promise<void> {
  if ("open" in order) for (let i = 0; i < order.open.drains; ++i) await openDrain(order.open);
  else if ("listen" in order) {
    for (let i = 0; i < order.listen.pages; ++i) await openPage(order.listen.url, order.listen.topics);
    await new Promise((resolve) => setTimeout(resolve, 200));
  } else if ("close" in order) {
    for (const socket of drains.splice(0)) socket.destroy();
    for (const client of clients.splice(0)) client.close();
    for (const socket of plain.splice(0)) socket.terminate();
  }
}

process.on("disconnect", () => process.exit());
process.on("message", async (order: ReaderOrder) => {
  await carryOut(order);
  const report: ReaderReport = {latenciesMs, drained};
  latenciesMs = [];
  drained = 0;
  process.send!(report);
});
