import type {Dataset} from "../../services/domain/dataset.js";
import {isIntraday, type Timeframe, timeframeMs} from "../../services/domain/timeframe.js";

const usual: readonly Timeframe[] = ["1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1mo"];
const fewestBars = 60;

/** The timeframes that can be made from the finest one kept, each with its name. */
export function timeframeOptions(finest: Timeframe): {value: Timeframe; label: string}[] {
  const finestMs = timeframeMs(finest);
  const made = usual.filter((timeframe) => timeframe !== finest && timeframeMs(timeframe) > finestMs);
  const whole = made.filter((timeframe) => !isIntraday(timeframe) || timeframeMs(timeframe) % finestMs === 0);
  return [finest, ...whole].map((value) => ({value, label: value}));
}

/**
 * The timeframe a page begins with: days where some sixty are kept, else the longest of which there are about as many.
 */
export function firstTimeframe(finest: Timeframe, datasets: readonly Dataset[]): Timeframe {
  const openMs = Math.max(0, ...datasets.map(({rows, timeframe}) => rows * timeframeMs(timeframe ?? finest)));
  const sessions = Math.max(
    0,
    ...datasets.map(({coverage, timeframe, rows}) => (timeframe === "1d" ? rows : coverage.length))
  );
  const options = timeframeOptions(finest).map(({value}) => value);
  const fits = (timeframe: Timeframe) =>
    isIntraday(timeframe) ? openMs / timeframeMs(timeframe) >= fewestBars : sessions >= fewestBars;
  const longest = options.filter((timeframe) => timeframeMs(timeframe) <= timeframeMs("1d") && fits(timeframe)).at(-1);
  return longest ?? finest;
}
