import {fstatSync, writeFileSync} from "node:fs";
import {formatIso} from "../domain/time.js";
import {parseOptions, usage} from "./options.js";
import {startVenues, type Venues} from "./venues.js";

const parentPollMs = 1_000;

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) return void console.log(usage);
  const began = performance.now();
  const log = (line: string) => console.error(`demo: ${line}`);
  const starting = startVenues(options, log);
  stopOnSignal(starting, log);
  const venues = await starting;
  if (options.truthFile !== undefined) writeFileSync(options.truthFile, JSON.stringify(venues.truth(), null, 1));
  if (venues.shiftMs !== 0) log(`the clock is set to ${formatIso(Date.now() + venues.shiftMs)}`);
  log(`ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  console.log(JSON.stringify({ready: true, env: venues.env}));
}

/** Ends all on an interrupt, and when the process that reads our ready line is gone. */
function stopOnSignal(starting: Promise<Venues>, log: (line: string) => void): void {
  let isStopping = false;
  const stop = (why: string) => {
    if (isStopping) process.exit(130);
    isStopping = true;
    log(`stopping: ${why}`);
    starting
      .then((venues) => venues.stop())
      .catch(() => undefined)
      .finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
  const parent = process.ppid;
  if (fstatSync(1).isFIFO() || fstatSync(1).isSocket())
    setInterval(() => process.ppid !== parent && stop("its parent is gone"), parentPollMs).unref();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
