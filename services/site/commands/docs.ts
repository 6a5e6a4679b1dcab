import {mkdirSync, writeFileSync} from "node:fs";
import type {Command} from "../command.js";
import {writeDefinitions} from "../definitions.js";

/** `npm run docs`: writes what is made from the code's own comments. */
export const docs: Command = {
  help: "npm run docs\n\nWrites docs/definitions.md from the comments on the functions that compute each number.",
  async run() {
    mkdirSync("docs", {recursive: true});
    writeFileSync("docs/definitions.md", writeDefinitions());
    return 0;
  }
};
