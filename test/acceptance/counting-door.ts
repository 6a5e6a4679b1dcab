import {once} from "node:events";
import {type AddressInfo, connect, createServer, type Socket} from "node:net";

/** A door before a server: it passes bytes on, and says when so many have come out of the server, or gone in. */
export interface CountingDoor {
  readonly port: number;
  /** Bytes passed from the server, and to it, since it was made. */
  readonly passed: {out: number; in: number};
  /** Where it leads; may be changed when the server comes back elsewhere. */
  lead(port: number): void;
  /** Calls back once, when this many more bytes have passed; they wait until it is done. */
  at(way: "out" | "in", bytes: number, then: () => Promise<void>): void;
  close(): Promise<void>;
}

/** Opens a door on loopback before the server of that port. */
export async function openDoor(toPort: number): Promise<CountingDoor> {
  let port = toPort;
  let trap: {way: "out" | "in"; at: number; then: () => Promise<void>} | undefined;
  const passed = {out: 0, in: 0};
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket, way: "out" | "in") => {
    sockets.add(from);
    from.on("data", (data) => {
      passed[way] += data.length;
      if (trap === undefined || trap.way !== way || passed[way] < trap.at) return void to.write(data);
      const {then} = trap;
      trap = undefined;
      from.pause();
      void then().finally(() => {
        to.write(data);
        from.resume();
      });
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    pass(client, upstream, "in");
    pass(upstream, client, "out");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    lead(to) {
      port = to;
    },
    at(way, bytes, then) {
      trap = {way, at: passed[way] + bytes, then};
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    }
  };
}
