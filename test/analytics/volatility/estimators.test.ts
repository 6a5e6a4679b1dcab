import {beforeAll, describe, expect, it} from "vitest";
import {autocorrelation, estimateAutocorrelation} from "../../../services/analytics/statistics/autocorrelation.js";
import {createRandom} from "../../../services/analytics/statistics/random.js";
import {
  estimateVolatility,
  rollingVolatility,
  volatilityByHorizon
} from "../../../services/analytics/volatility/estimate-volatility.js";
import {
  closeToCloseVolatility,
  type VolatilityEstimator,
  volatilityMeasures
} from "../../../services/analytics/volatility/estimators.js";
import {sessionMoves, sessionReturns} from "../../../services/analytics/volatility/session-moves.js";
import {toBarSeries} from "../../../services/domain/bar.js";
import {DAY_MS} from "../../../services/domain/time.js";
import {hasShared, readSharedRows} from "../../shared-data.js";

const estimators = Object.keys(volatilityMeasures) as VolatilityEstimator[];
const daily = (rows: readonly (readonly [number, number, number, number])[]) =>
  toBarSeries(rows.map(([open, high, low, close], i) => ({time: i * DAY_MS, open, high, low, close, volume: 1})));

/** Days of a walk without drift: so many steps within, one jump before each open. */
function walk(
  days: number,
  {
    within,
    overnight,
    steps = 500,
    drift = 0,
    seed = 1
  }: {within: number; overnight: number; steps?: number; drift?: number; seed?: number}
) {
  const random = createRandom(seed);
  let log = 0;
  return daily(
    Array.from({length: days}, () => {
      log += overnight * random.normal();
      const open = log;
      let [high, low] = [log, log];
      for (let i = 0; i < steps; ++i) {
        log += drift / steps + (within / Math.sqrt(steps)) * random.normal();
        [high, low] = [Math.max(high, log), Math.min(low, log)];
      }
      return [open, high, low, log].map((each) => 100 * Math.exp(each)) as [number, number, number, number];
    })
  );
}

describe("volatility of a session", () => {
  const moves = sessionMoves(
    daily([
      [100, 103, 99, 102],
      [103, 104, 100, 101],
      [100, 102, 98, 99],
      [101, 105, 100, 104],
      [104, 106, 103, 103]
    ])
  );

  it.each([
    ["close-to-close", 0.031592654574633006],
    ["parkinson", 0.023916066126813712],
    ["garman-klass", 0.02557905871304229],
    ["rogers-satchell", 0.02589406702950771],
    ["yang-zhang", 0.028517088147967225]
  ] as const)("is what the formula gives by hand over four sessions: %s", (name, value) => {
    expect(volatilityMeasures[name](moves)).toBeCloseTo(value, 14);
  });

  it.each([
    [0.01, 0.01],
    [0.01, 0]
  ])("is found again in a walk of %d within and %d overnight", (within, overnight) => {
    const walked = sessionMoves(walk(1_500, {within, overnight}));
    const whole = Math.hypot(within, overnight);
    const ratio = (name: VolatilityEstimator) =>
      volatilityMeasures[name](walked) / (name === "yang-zhang" || name === "close-to-close" ? whole : within);
    for (const name of estimators) expect(ratio(name), name).toBeGreaterThan(0.93); // extremes between steps are not seen
    for (const name of estimators) expect(ratio(name), name).toBeLessThan(1.04);
  });

  it("is not moved by a drift where the estimator says so, and is by Parkinson's", () => {
    const walked = sessionMoves(walk(800, {within: 0.01, overnight: 0, drift: 0.02}));
    const ratio = (name: VolatilityEstimator) => volatilityMeasures[name](walked) / 0.01;
    for (const name of ["rogers-satchell", "yang-zhang", "close-to-close"] as const)
      expect(Math.abs(ratio(name) - 1), name).toBeLessThan(0.07);
    expect(ratio("parkinson")).toBeGreaterThan(1.3);
  });

  it("has narrower intervals the more of a session an estimator looks at", () => {
    const walked = sessionMoves(walk(300, {within: 0.01, overnight: 0}));
    const width = (name: VolatilityEstimator) => {
      const {low = NaN, high = NaN} = estimateVolatility(walked, name, {draws: 400});
      return high - low;
    };
    expect(width("garman-klass")).toBeLessThan(0.6 * width("close-to-close"));
    expect(width("parkinson")).toBeLessThan(0.7 * width("close-to-close"));
  });

  it("is refused below twenty sessions, with the reason", () => {
    expect(estimateVolatility(moves, "parkinson")).toEqual({
      value: undefined,
      n: 4,
      reason: "4 sessions; at least 20 are needed"
    });
    expect(sessionMoves(daily([])).length).toBe(0);
  });

  it("refuses bars that make no sense by row", () => {
    expect(() =>
      sessionMoves(
        daily([
          [1, 2, 1, 1],
          [1, 0.5, 1, 1]
        ])
      )
    ).toThrow(/bar at 1/);
  });
});

describe("rolling volatility", () => {
  const moves = sessionMoves(walk(60, {within: 0.01, overnight: 0.002}));
  it("is the estimate of the window, and knows nothing of what comes after", () => {
    const rolling = rollingVolatility(moves, "yang-zhang", 20);
    expect(rolling.value.length).toBe(moves.length - 19);
    const shorter = sessionMoves(walk(50, {within: 0.01, overnight: 0.002}));
    const prefix = rollingVolatility(shorter, "yang-zhang", 20);
    expect([...rolling.value.slice(0, prefix.value.length)]).toEqual([...prefix.value]);
    expect(rolling.time[0]).toBe(moves.time[19]);
    expect(() => rollingVolatility(moves, "parkinson", 1)).toThrow("invalid window: 1");
  });
});

describe("volatility by horizon", () => {
  it("is the same at every horizon where moves are independent, within its interval", () => {
    const moves = sessionMoves(walk(1_000, {within: 0.01, overnight: 0, steps: 1}));
    expect(volatilityByHorizon(moves, 1).value).toBeCloseTo(closeToCloseVolatility(moves), 14);
    for (const horizon of [2, 5, 10]) {
      const {low = NaN, high = NaN} = volatilityByHorizon(moves, horizon, {draws: 500});
      expect(low).toBeLessThan(0.01);
      expect(high).toBeGreaterThan(0.01);
    }
  });

  it("falls with the horizon where a move is taken back, and rises where it goes on", () => {
    const random = createRandom(3);
    const closes = (persistence: number) => {
      let [last, log] = [0, 0];
      return daily(
        Array.from({length: 4_000}, () => {
          const before = Math.exp(log);
          last = persistence * last + 0.01 * random.normal();
          log += last;
          const after = Math.exp(log);
          return [before, Math.max(before, after), Math.min(before, after), after] as const;
        })
      );
    };
    const ratio = (persistence: number) => {
      const moves = sessionMoves(closes(persistence));
      return volatilityByHorizon(moves, 5, {draws: 10}).value! / volatilityByHorizon(moves, 1, {draws: 10}).value!;
    };
    // The variance ratio of an AR(1) over q: 1 + 2 Σ (1 − k/q) φ^k, k from 1 to q − 1.
    expect(ratio(-0.5)).toBeCloseTo(Math.sqrt(0.425), 1);
    expect(ratio(0.5)).toBeCloseTo(Math.sqrt(2.225), 1);
  });

  it("is refused where there are not twenty horizons", () => {
    expect(volatilityByHorizon(sessionMoves(walk(60, {within: 0.01, overnight: 0})), 5).reason).toBe(
      "59 sessions; at least 100 are needed"
    );
  });
});

describe("clustering", () => {
  it("is found where it is planted and not where it is not", () => {
    const random = createRandom(5);
    const calm = Array.from({length: 400}, () => Math.abs(random.normal()));
    const clustered = calm.map((size, i) => size * (Math.floor(i / 40) % 2 === 0 ? 1 : 4));
    expect(estimateAutocorrelation(clustered, 1, {draws: 400})).toMatchObject({n: 399});
    expect(estimateAutocorrelation(clustered, 1, {draws: 400}).p).toBeLessThan(0.01);
    expect(estimateAutocorrelation(clustered, 1, {draws: 400}).low).toBeGreaterThan(0);
    expect(estimateAutocorrelation(calm, 1, {draws: 400}).p).toBeGreaterThan(0.05);
  });

  it("is a correlation of pairs", () => {
    expect(autocorrelation([1, 2, 3, 4], 1)).toBeCloseTo(1, 14);
    expect(autocorrelation([1, -1, 1, -1], 1)).toBeCloseTo(-1, 14);
    expect(autocorrelation([2, 2, 2, 2], 1)).toBeNaN();
    expect(estimateAutocorrelation([1, 2], 1).reason).toBe("1 pair; at least 20 are needed");
    expect(() => autocorrelation([1], 0)).toThrow("invalid lag: 0");
  });
});

describe.skipIf(!hasShared("indicators/quotes.csv"))("of 502 real days", () => {
  let moves: ReturnType<typeof sessionMoves>;
  beforeAll(() => {
    const [, ...rows] = readSharedRows("indicators/quotes.csv");
    const bars = rows.map(([date, ...prices]) => {
      const [open, high, low, close] = prices.map(Number) as [number, number, number, number];
      return {time: Date.parse(`${date}T00:00:00Z`), open, high, low, close, volume: 1};
    });
    moves = sessionMoves(toBarSeries(bars));
  });

  // Worked out apart, from the published formulas, by a script in another language.
  it.each([
    ["close-to-close", 0.008187170965834857],
    ["parkinson", 0.006983650125335677],
    ["garman-klass", 0.006862513929516595],
    ["rogers-satchell", 0.006815250695056966],
    ["yang-zhang", 0.008037620245334642]
  ] as const)("is the reference figure: %s", (name, value) => {
    expect(volatilityMeasures[name](moves)).toBeCloseTo(value, 13);
  });

  it("over five sessions, and its clustering, are the reference figures", () => {
    expect(volatilityByHorizon(moves, 5, {draws: 100}).value).toBeCloseTo(0.007974708592438125, 13);
    expect(autocorrelation(sessionReturns(moves).map(Math.abs), 1)).toBeCloseTo(0.3322281069186198, 12);
  });
});
