import type {TaskReply, TaskRequest, Tasks} from "./tasks.js";

/** Where requests come from and replies go to: a worker's own global scope. */
export interface TaskPort {
  addEventListener(type: "message", listener: (event: MessageEvent<TaskRequest>) => void): void;
  postMessage(message: TaskReply): void;
}

/** Answers a page's requests, inside a worker: the whole program of one. */
export function serveTasks(tasks: Tasks, port: TaskPort = globalThis as unknown as TaskPort): void {
  port.addEventListener("message", ({data: {id, name, input}}) => {
    const task = tasks[name] as ((input: unknown) => unknown) | undefined;
    const done = (async () => {
      if (task === undefined || !Object.hasOwn(tasks, name)) throw new RangeError(`unknown task: ${name}`);
      return await task(input);
    })();
    done.then(
      (output) => port.postMessage({id, output}),
      (error: unknown) => port.postMessage({id, ...describeError(error)})
    );
  });
}

/** A clone keeps an error's message, and its name and members only where it is one of the language's own. */
function describeError(error: unknown): {error: unknown; name?: string; code?: string} {
  if (!(error instanceof Error)) return {error: String(error)};
  const {code} = error as {code?: unknown};
  return {error: new Error(error.message), name: error.name, ...(typeof code === "string" && {code})};
}
