import {createWork} from "./create-work.js";
import type {riskTasks} from "./risk-tasks.js";

/** What a Risk page has computed, off its own thread. */
export const riskWork = createWork<typeof riskTasks>({
  open: () => new Worker(import.meta.resolve("./risk-worker.js"), {type: "module", name: "risk"}),
  load: async () => (await import("./risk-tasks.js")).riskTasks
});
