import {describe, expect, it} from "vitest";
import {findFailedLoaders} from "../../services/site/failed-loaders.js";

const arrow = "\u2192";

describe("what a build says of its loaders", () => {
  it("names those that failed, with their words, and not those that did not", () => {
    const said = [
      `copy src/loaders/bars/A/1m.parquet ${arrow} load /loaders/bars/A/1m.parquet ${arrow} [using stale] success 4.72 kB in 2ms`,
      ".tapebook/site-1/_file/loaders/bars/A/1m.1001c9c8.parquet",
      `copy src/loaders/bars/B/1m.parquet ${arrow} load /loaders/bars/B/1m.parquet ${arrow} \u001b[2m[missing]\u001b[22m loaders/bars/[instrument]/[timeframe].parquet.ts: SNAPSHOT_DAMAGED: data/snapshots/bars/X-B/1m.parquet: damaged`,
      "\u001b[31merror\u001b[39m in 942ms: loader exited with code 1"
    ].join("\n");
    expect(findFailedLoaders(said)).toEqual([
      {
        output: "loaders/bars/B/1m.parquet",
        message:
          "loaders/bars/[instrument]/[timeframe].parquet.ts: SNAPSHOT_DAMAGED: data/snapshots/bars/X-B/1m.parquet: damaged"
      }
    ]);
  });

  it("names none where a page is at fault", () => {
    expect(findFailedLoaders("load /index in 3ms\nerror in 9ms: SyntaxError")).toEqual([]);
  });
});
