import type {Command} from "../command.js";
import {findRunningDemo} from "../demo-venues.js";
import {isDemoProfile, programs} from "../programs.js";
import {run} from "../run.js";
import {withVenues} from "../with-venues.js";

/** `npm run snapshot`: the pull, with the demo's venues started for it if need be. */
export const snapshot: Command = {
  run: (args) => {
    if (args.includes("--help")) return run([...programs.snapshot, ...args]);
    return withVenues((env) => run([...programs.snapshot, ...args], {env}));
  }
};

/** `npm run doctor`: what is wrong, in plain words. */
export const doctor: Command = {
  run: (args) => {
    if (args.includes("--help")) return run([...programs.doctor, ...args]);
    const venues = isDemoProfile() ? findRunningDemo() : {};
    if (venues === undefined)
      console.log("The demo's venues are not running (npm start runs them): what needs them fails below.\n");
    return run([...programs.doctor, ...args], {env: venues ?? {}});
  }
};
