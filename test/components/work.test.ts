import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {createWork} from "../../components/work/create-work.js";
import {inTurn} from "../../components/work/in-turn.js";
import {serveTasks, type TaskPort} from "../../components/work/serve-tasks.js";
import type {TaskReply, TaskRequest} from "../../components/work/tasks.js";

class StateError extends Error {
  override readonly name = "StateError";
  readonly code = "STATE_BAD";
}

const tasks = {
  double: (values: Float64Array) => values.map((value) => value * 2),
  never: (_: null) => new Promise<number>(() => undefined),
  fail: (_: null): number => {
    throw new StateError("account state: invalid time: NaN");
  }
};

/** A worker without a browser: real messages, cloned on the way, to the program that a worker runs. */
class ChannelWorker extends EventTarget {
  readonly #channel = new MessageChannel();
  isEnded = false;

  constructor() {
    super();
    const {port1, port2} = this.#channel;
    const port = {
      addEventListener: (_: string, listener: (event: MessageEvent<TaskRequest>) => void) => {
        port2.onmessage = listener;
      },
      postMessage: (reply: TaskReply) => port2.postMessage(reply)
    };
    serveTasks(tasks, port as TaskPort);
    port1.onmessage = ({data}) => this.dispatchEvent(new MessageEvent("message", {data}));
  }

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  terminate(): void {
    this.isEnded = true;
    this.#channel.port1.close();
  }
}

describe("createWork", () => {
  let opened: ChannelWorker[];
  const load = vi.fn(async () => tasks);
  const open = () => {
    const worker = new ChannelWorker();
    opened.push(worker);
    return worker as unknown as Worker;
  };
  beforeEach(() => {
    opened = [];
    load.mockClear();
    vi.stubGlobal("Worker", ChannelWorker);
  });
  afterEach(() => {
    for (const worker of opened) worker.terminate();
    vi.unstubAllGlobals();
  });

  it("opens one worker, when first asked, and answers in order", async () => {
    const work = createWork({open, load});
    expect(opened).toHaveLength(0);
    const answers = await Promise.all([
      work.run("double", Float64Array.of(0.1)),
      work.run("double", Float64Array.of(NaN, -0))
    ]);
    expect(answers).toEqual([Float64Array.of(0.2), Float64Array.of(NaN, -0)]);
    expect(opened).toHaveLength(1);
    expect(load).not.toHaveBeenCalled();
  });

  it("rejects with what the task threw: message, name and code", async () => {
    const failed = createWork({open, load}).run("fail", null);
    const expected = {name: "StateError", code: "STATE_BAD", message: "account state: invalid time: NaN"};
    await expect(failed).rejects.toMatchObject(expected);
  });

  it("ends a task that nobody waits for, and goes on with the next in another worker", async () => {
    const work = createWork({open, load});
    const dropped = vi.fn();
    let drop: () => void = () => undefined;
    work.run("never", null, {until: new Promise<void>((resolve) => (drop = resolve))}).then(dropped, dropped);
    const kept = work.run("double", Float64Array.of(4));
    drop();
    expect(await kept).toEqual(Float64Array.of(8));
    expect(opened.map(({isEnded}) => isEnded)).toEqual([true, false]);
    expect(dropped).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({name: "AbortError"}));
  });

  it("never starts a task that was dropped while it waited", async () => {
    const work = createWork({open, load});
    const first = work.run("double", Float64Array.of(1));
    const dropped = work.run("never", null, {until: Promise.resolve()});
    await expect(dropped).rejects.toMatchObject({name: "AbortError"}); // a cell waits for it before it runs anew
    await first;
    expect(await work.run("double", Float64Array.of(2))).toEqual(Float64Array.of(4));
    expect(opened).toHaveLength(1);
  });

  it("computes on the page's own thread where there is no worker, with the same answers and errors", async () => {
    vi.stubGlobal("Worker", undefined);
    const work = createWork({open, load});
    expect(await work.run("double", Float64Array.of(0.1))).toEqual(Float64Array.of(0.2));
    await expect(work.run("fail", null)).rejects.toMatchObject({code: "STATE_BAD"});
    expect(opened).toHaveLength(0);
  });

  it("computes here where a worker may not be opened, or its program does not come", async () => {
    const forbidden = createWork({
      load,
      open: () => {
        throw new DOMException("refused by the page's policy", "SecurityError");
      }
    });
    expect(await forbidden.run("double", Float64Array.of(3))).toEqual(Float64Array.of(6));
    const mute = createWork({
      load,
      open: () => {
        const worker = new EventTarget() as Worker;
        Object.assign(worker, {postMessage: () => undefined, terminate: () => undefined});
        setTimeout(() => worker.dispatchEvent(new Event("error", {cancelable: true})));
        return worker;
      }
    });
    expect(await mute.run("double", Float64Array.of(5))).toEqual(Float64Array.of(10));
  });
});

describe("inTurn", () => {
  it("does one at a time, in the order asked, each in a task of its own", async () => {
    const seen: string[] = [];
    const first = inTurn(() => {
      seen.push("first");
      queueMicrotask(() => seen.push("between"));
    });
    const second = inTurn(() => seen.push("second"));
    expect(seen).toEqual([]);
    await Promise.all([first, second]);
    expect(seen).toEqual(["first", "between", "second"]);
  });

  it("does not draw what is stale when its turn comes, and goes on", async () => {
    const seen: string[] = [];
    let replace = () => {};
    const stale = new Promise<void>((resolve) => (replace = resolve));
    const first = inTurn(() => seen.push("first"));
    const old = inTurn(() => seen.push("old"), stale);
    replace();
    const next = inTurn(() => seen.push("next"), new Promise(() => {}));
    await Promise.all([first, next]);
    const resolved = await Promise.race([old, new Promise((resolve) => setTimeout(resolve, 20, "never"))]);
    expect([seen, resolved]).toEqual([["first", "next"], "never"]);
  });

  it("fails only what failed", async () => {
    const failing = inTurn(() => {
      throw new RangeError("invalid window: 0");
    });
    const after = inTurn(() => 42);
    await expect(failing).rejects.toThrow("invalid window: 0");
    expect(await after).toBe(42);
  });
});
