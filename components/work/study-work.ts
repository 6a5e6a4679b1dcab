import {createWork} from "./create-work.js";
import type {studyTasks} from "./study-tasks.js";

/** What the studies of an instrument have computed, off their page's own thread. */
export const studyWork = createWork<typeof studyTasks>({
  open: () => new Worker(import.meta.resolve("./study-worker.js"), {type: "module", name: "studies"}),
  load: async () => (await import("./study-tasks.js")).studyTasks
});
