import {describe, expect, it} from "vitest";
import {toBarSeries} from "../../services/domain/bar.js";
import {parseIso} from "../../services/domain/time.js";
import {findOutliers, formatOutlier} from "../../services/snapshots/outliers.js";
import {hasShared, readSharedRows} from "../shared-data.js";

const files = ["resample/GBPUSDh1.csv", "resample/GBPUSDh4.csv", "resample/GBPUSDd1.csv"];

describe.skipIf(!files.every(hasShared))("ten years of GBPUSD", () => {
  it.each([
    [files[0]!, 57_600, ["2016-10-07T02:00:00.000Z: a wick of 42 usual moves"]],
    [files[1]!, 14_400, []],
    [files[2]!, 2_400, []]
  ])("%s: of all its bars only the flash crash is named", (file, length, expected) => {
    const rows = readSharedRows(file).slice(1);
    const bars = toBarSeries(
      rows.map(([time = "", open, high, low, close, volume]) => ({
        time: parseIso(`${time.length === 10 ? `${time} 00:00:00` : time}Z`),
        open: Number(open),
        high: Number(high),
        low: Number(low),
        close: Number(close),
        volume: Number(volume)
      }))
    );
    expect(bars.length).toBe(length);
    expect(findOutliers(bars).map((outlier) => formatOutlier(outlier, "bar"))).toEqual(expected);
  });
});
