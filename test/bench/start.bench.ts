import type {Browser} from "playwright-core";
import {ensureChromium, launchChromium} from "../../services/site/chromium.js";
import {startAll} from "../support/started.js";
import {createWorkspace} from "../support/workspace.js";
import {type Bench, toRow} from "./measure.js";

const limitS = 15;
const rounds = 5;

/** `npm start` in a copy of the project where nothing ever ran, packages installed, to the first page drawn with data. */
export default {
  name: "start",
  async run() {
    const browser = await launchChromium(ensureChromium()); // as a person's browser is open already
    const [up, drawn]: [number[], number[]] = [[], []];
    try {
      for (let i = 0; i < rounds; ++i) {
        const {upS, drawnS} = await startOnce(browser);
        up.push(upS);
        drawn.push(drawnS);
      }
    } finally {
      await browser.close();
    }
    const limits = drawn.map(() => limitS);
    const terms = {unit: "s", peer: "limit"};
    return [
      toRow(up, limits, {...terms, path: "npm start, to its address"}),
      toRow(drawn, limits, {...terms, path: "npm start, to the first page with data", most: 1})
    ];
  }
} satisfies Bench;

async function startOnce(browser: Browser): Promise<{upS: number; drawnS: number}> {
  const workspace = createWorkspace();
  const begun = performance.now();
  const started = await startAll(workspace.dir, ["--port", "0"]);
  const upS = (performance.now() - begun) / 1e3;
  const page = await browser.newPage();
  try {
    await page.goto(started.address);
    await page.waitForFunction(isDrawn, undefined, {timeout: 60_000});
    return {upS, drawnS: (performance.now() - begun) / 1e3};
  } finally {
    await page.close();
    await started.interrupt();
    workspace.remove();
  }
}

/** Whether every cell has drawn, and rows of data stand in a table. */
function isDrawn(): boolean {
  const isLoading = document.querySelector("observablehq-loading, .observablehq--loading") !== null;
  return !isLoading && document.querySelectorAll("main tbody tr").length > 0;
}
