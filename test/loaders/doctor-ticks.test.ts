import {describe, expect, it} from "vitest";
import {barsBehind} from "../../loaders/shared/doctor/bars-behind.js";
import {checkQuality, checkSnapshots} from "../../loaders/shared/doctor/check-snapshots.js";
import {checkSources} from "../../loaders/shared/doctor/check-sources.js";
import type {OpenedSource} from "../../loaders/shared/pull.js";
import {createTickSeries} from "../../services/domain/tick-series.js";
import {HOUR_MS, parseIso} from "../../services/domain/time.js";
import {sampleDataset, tuesday} from "../snapshots/samples.js";
import {settingsOf, useJobs} from "./job-kit.js";
import {noon} from "./job-settings.js";

const {newRoot} = useJobs();

describe("ticks", () => {
  const settings = settingsOf(`
sources: {bridge: {kind: mt5-bridge, url: "http://localhost:5001", clock: {zone: UTC, offsetHours: 0}}}
instruments: [{id: MT5:EURUSD, name: Euro, source: bridge, assetClass: fx, currency: USD, tickSize: 0.00001, calendar: fx, timeframes: {}, ticks: 2}]
`);
  const id = "ticks/MT5-EURUSD";

  it("behind the clock are told in fives of minutes that a session lacks", () => {
    const dataset = sampleDataset({id, kind: "ticks", lastTime: parseIso("2024-01-03T12:00Z")});
    const {timeframe: _, ...held} = dataset;
    expect(barsBehind(held, settings, parseIso("2024-01-04T02:00Z"))).toBe(0);
    expect(barsBehind(held, settings, parseIso("2024-01-05T12:00Z"))).toBe((48 * 60) / 5 - 1);
  });

  it("not yet taken, and silent fives of minutes, are told", async () => {
    const {findings} = await checkSnapshots(await newRoot(), settings, noon);
    expect(findings).toMatchObject([{severity: "error", what: `not yet taken: ${id}`}]);
    const gaps = [{start: tuesday, end: tuesday + HOUR_MS, missing: 12}];
    expect(checkQuality([sampleDataset({id, kind: "ticks", gaps})])).toMatchObject([
      {what: `${id}: 12 times five minutes without a tick in 1 gaps, the longest 12 from 2024-01-02T00:00:00.000Z`}
    ]);
  });

  it("are asked of their source, and one that has none is an error", async () => {
    const effects = (opened: OpenedSource) => ({now: () => noon, elapsed: () => 0, open: () => opened});
    const close = async () => undefined;
    const empty = {ticks: async () => ({ticks: createTickSeries(0), warnings: []})};
    expect(await checkSources(settings, effects({kind: "mt5-bridge", ticks: empty, close}))).toMatchObject([
      {severity: "ok", what: "bridge (mt5-bridge) answers in 0.0 s"}
    ]);
    expect(await checkSources(settings, effects({kind: "postgres", close}))).toMatchObject([
      {severity: "error", what: "bridge has no ticks of the past, but those of EURUSD are taken from it"}
    ]);
  });
});
