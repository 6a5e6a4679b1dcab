import {spawn} from "node:child_process";
import {once} from "node:events";
import {rmSync} from "node:fs";
import {bundle} from "./bundle.js";

/** Clients that read and look at nothing. */
export interface DrainOrder {
  readonly url: string;
  readonly topics: readonly string[];
  readonly drains: number;
  /** Ticks as JSON; otherwise as bytes. */
  readonly isJson?: boolean;
}

/** What readers are told to do. */
export type ReaderOrder =
  | {readonly open: DrainOrder}
  | {readonly listen: {readonly url: string; readonly topics: readonly string[]; readonly pages: number}}
  | {readonly report: true}
  | {readonly close: true};

/** What readers have seen since the last report: milliseconds from a tick's `receivedTime` to a page's callback. */
export interface ReaderReport {
  readonly latenciesMs: readonly number[];
  /** Bytes that were read and not looked at. */
  readonly drained: number;
}

/** Readers in a process of their own, so that their work is not counted as the server's. */
export interface Readers {
  order(order: ReaderOrder): Promise<ReaderReport>;
  stop(): void;
}

/** Starts the process of `readers-main.ts`. */
export async function startReaders(): Promise<Readers> {
  const file = await bundle(`readers-${process.pid}`, `import "./readers-main.ts"`);
  const child = spawn(process.execPath, [file], {stdio: ["ignore", "inherit", "inherit", "ipc"]});
  const gone = once(child, "exit").then(([code, signal]) => {
    throw new Error(`the readers ended: ${signal ?? `exit ${code}`}`);
  });
  gone.catch(() => undefined); // where they are stopped, nobody waits for them
  return {
    async order(order) {
      child.send(order);
      const [report] = (await Promise.race([once(child, "message"), gone])) as [ReaderReport];
      return report;
    },
    stop() {
      child.kill();
      rmSync(file, {force: true});
    }
  };
}
