import {createWork} from "./create-work.js";
import type {pulseTasks} from "./pulse-tasks.js";

/** What a Pulse page has computed, off its own thread. */
export const pulseWork = createWork<typeof pulseTasks>({
  open: () => new Worker(import.meta.resolve("./pulse-worker.js"), {type: "module", name: "pulse"}),
  load: async () => (await import("./pulse-tasks.js")).pulseTasks
});
