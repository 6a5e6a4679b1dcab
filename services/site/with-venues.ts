import {findRunningDemo, startDemo, type VenueEnv} from "./demo-venues.js";
import {createProcessGroup} from "./processes.js";
import {isDemoProfile} from "./programs.js";

/**
 * Runs *job* with the venues of this profile: one's own (nothing to start), the demo that runs already, or a demo
 * started for the while and stopped after.
 */
export async function withVenues<T>(job: (env: VenueEnv) => Promise<T>): Promise<T> {
  const running = isDemoProfile() ? findRunningDemo() : {};
  if (running !== undefined) return job(running);
  const group = createProcessGroup();
  const stop = () => group.stop().then(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await job(await startDemo(group));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await group.stop();
  }
}
