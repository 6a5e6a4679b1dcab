import {expect, it} from "vitest";
import {runLoad} from "./load-run.js";

const isLong = Boolean(process.env["TAPEBOOK_VERIFY"]);
const clients = isLong ? 500 : 40;
const seconds = isLong ? 600 : 3;
const ticksPerSecond = 500;
const pages = 10;

it(
  `${clients} clients of 50 symbols hear every tick for ${seconds} s, and the server's memory stays as it is`,
  async () => {
    const result = await runLoad({clients, pages, ticksPerSecond, seconds});
    if (isLong) console.log(JSON.stringify(result, null, 1));
    expect(result.clients).toBe(clients);
    expect(result.told).toBeGreaterThan(0.8 * ticksPerSecond * seconds);
    expect([result.heard, result.missing]).toEqual([pages * result.told, 0]);
    expect(result.lastRssBytes - result.firstRssBytes).toBeLessThan(100e6);
    expect(result.conflations).toBe(0);
  },
  (seconds + 120) * 1_000
);
