import {createWork} from "./create-work.js";
import type {tradeTasks} from "./trade-tasks.js";

/** What a Trades page has computed, off its own thread. */
export const tradeWork = createWork<typeof tradeTasks>({
  open: () => new Worker(import.meta.resolve("./trade-worker.js"), {type: "module", name: "trade"}),
  load: async () => (await import("./trade-tasks.js")).tradeTasks
});
