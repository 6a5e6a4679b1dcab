// @vitest-environment jsdom
import {describe, expect, it} from "vitest";
import {createFormats} from "../../components/format/create-formats.js";
import {openingRangeTiles} from "../../components/panels/opening-range-panel.js";
import {askSessionWhy, askVolatilityWhy} from "../../components/why/ask-why.js";
import {studyTasks} from "../../components/work/study-tasks.js";
import {resampleBars} from "../../services/analytics/bars/resample-bars.js";
import {sessionDigest} from "../../services/analytics/sessions/session-digest.js";
import {varianceDigest} from "../../services/analytics/volatility/variance-digest.js";
import {DAY_MS, MINUTE_MS} from "../../services/domain/time.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {alwaysOpen} from "../domain/calendars.js";
import {sampleBars, tuesday} from "../snapshots/samples.js";
import {expectSame} from "../support/same-figure.js";

const format = createFormats({zone: "UTC", locale: "en-GB"});
const minutes = sampleBars(40 * 1_440, {base: 1.1});
const daily = encodeBars(resampleBars(minutes, "1d", alwaysOpen), {id: "bars/X-AAA/1d", currency: "USD"});
const asOf = tuesday + 40 * DAY_MS;
const asSent = <T>(digest: T) => JSON.parse(JSON.stringify(digest)) as T; // a page reads it from a file
const sessionsOf = (until: number) => asSent(sessionDigest(minutes, alwaysOpen, {stepMs: MINUTE_MS, asOf: until}));
const variancesOf = (until: number) => asSent(varianceDigest(minutes, alwaysOpen, {stepMs: MINUTE_MS, asOf: until}));
const input = {daily, calendar: alwaysOpen, asOf} as const;
const volatilityInput = {...input, digest: variancesOf(asOf)};
const sessionInput = {...input, digest: sessionsOf(asOf), openingMinutes: 30} as const;

const shown = {datasets: [], zone: "UTC", format};

describe("the volatility study", () => {
  const volatility = async (name: string) => {
    const study = await studyTasks.volatility(volatilityInput);
    const chosen = {estimator: "yang-zhang", window: 20} as const;
    return askVolatilityWhy({study, ...chosen, fine: [], show: String, ...shown})(name);
  };

  const ofSessions = {parkinson: 39, "yang-zhang": 39, rolling: 20, clustering: 38, horizon: 39, sampling: 40};
  it.each(Object.entries(ofSessions))("hands out rows that recompute to %s, as many as it says", async (name, n) => {
    const why = await volatility(name);
    expectSame(name, why);
    if (name !== "clustering" && name !== "horizon") expect(why.rows.rows.length).toBe(n);
    if (why.estimate) expect(why.estimate.value).toBe(why.value);
  });

  it.each(["close-to-close", "garman-klass", "rogers-satchell", "movement-by-hour"])(
    "hands out rows that recompute to %s, by its own words and by other code",
    async (name) => expectSame(name, await volatility(name))
  );

  it("hands out the moves of the last window alone for how it moved last", async () => {
    const {rows, name} = await volatility("rolling");
    expect([rows.rows.length, name]).toEqual([20, "Yang–Zhang volatility of the last 20 sessions"]);
  });

  it("refuses a figure that it has not", async () => {
    await expect(volatility("toString")).rejects.toThrow("unknown figure: toString");
  });

  it("says what is missing where there are too few sessions", async () => {
    const {estimates, horizons, lags, sampled} = await studyTasks.volatility({...input, digest: variancesOf(tuesday)});
    expect(estimates["yang-zhang"].value).toBeDefined(); // the daily bars are whole; of minutes no session had ended
    expect(
      [...sampled, ...horizons.slice(3), ...lags.slice(5)].every(({estimate}) => estimate.value === undefined)
    ).toBe(true);
  });
});

describe("the session study", () => {
  const sessions = async (parts: "hours" | "regions" = "hours") => {
    const study = await studyTasks.sessions({...sessionInput, parts});
    return {study, ask: askSessionWhy({study, minutes: 30, fine: [], coarse: [], ...shown})};
  };

  it("hands out rows that recompute to every figure of its tiles", async () => {
    const {study, ask} = await sessions();
    expect(study.sessions).toBe(40);
    const figures = [...openingRangeTiles(study.summary, format).querySelectorAll<HTMLElement>("[data-figure]")];
    expect(figures.length).toBe(4);
    for (const {dataset} of figures) {
      const why = await ask(dataset["figure"]!);
      expectSame(dataset["figure"]!, why);
      expect(why.rows.rows.length).toBe(40);
    }
    await expect(ask("nothing")).rejects.toThrow("unknown figure: nothing");
  });

  it.each(["range-by-part", "volume-by-part"])("hands out rows that recompute to %s", async (name) => {
    const {ask} = await sessions();
    expectSame(name, await ask(name));
  });

  it("hands out rows that recompute to the share of gaps filled", async () => {
    const days = resampleBars(minutes, "1d", alwaysOpen);
    const scaled = (prices: Float64Array) => prices.map((price, i) => price * (1 + (((i * 7) % 5) - 2) / 1000));
    const {open, high, low, close} = days;
    const apart = {...days, open: scaled(open), high: scaled(high), low: scaled(low), close: scaled(close)};
    const file = encodeBars(apart, {id: "bars/X-AAA/1d", currency: "USD"});
    const study = await studyTasks.sessions({...sessionInput, daily: file, parts: "hours"});
    const why = await askSessionWhy({study, minutes: 30, fine: [], coarse: [], ...shown})("gaps-filled");
    expectSame("gaps-filled", why);
    expect(why.rows.rows.length).toBe(39);
  });

  it("gives each part the value of every session, its own first", async () => {
    const {study, ask} = await sessions("regions");
    const {rows} = (await ask("range-by-part")).rows;
    expect(rows.length).toBe(3 * 40);
    const widest = study.ranges.reduce((best, part) => (part.estimate.value! > best.estimate.value! ? part : best));
    expect(rows.slice(0, 40).every((row) => row["Part of the day"] === widest.label)).toBe(true);
  });

  it("refuses an opening range that no file holds", async () => {
    await expect(studyTasks.sessions({...sessionInput, parts: "hours", openingMinutes: 45})).rejects.toThrow(
      "no opening range of 45 minutes"
    );
  });

  it("cuts the day into the regions of the world where it is asked to", async () => {
    const {ranges, volumes} = await studyTasks.sessions({...sessionInput, parts: "regions"});
    expect(ranges.map(({label}) => label.split(" ")[0])).toEqual(["Asia", "London", "New"]);
    expect(volumes.every(({estimate}) => Math.abs(estimate.value! - 1) < 0.1)).toBe(true); // volume is even in the sample
  });
});
