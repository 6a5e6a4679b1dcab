import * as Plot from "npm:@observablehq/plot";
import type {SessionDate} from "../../services/domain/time.js";
import type {Formats} from "../format/create-formats.js";
import {formatSessionDate} from "../format/moment.js";
import {emptyState} from "../parts/states.js";
import {timeTicks} from "./time-ticks.js";

/** One out-of-sample day: its return, and the loss that was forecast for it before it came. */
export interface BacktestDay {
  readonly date: SessionDate;
  readonly return: number; // a fraction, below zero a loss
  readonly forecast: number; // a fraction, above zero a loss
  readonly isException: boolean;
}

/** How large the backtest is drawn, how its fractions and dates read, and its name. */
export interface BacktestChartOptions {
  readonly width: number; // px
  readonly format: Formats;
  readonly height?: number; // px; 280
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/** Daily returns from zero, the loss forecast for each as a line below it, and the days beyond it marked. */
export function backtestChart(days: readonly BacktestDay[], options: BacktestChartOptions): Node {
  const {width, format, height = 280, label} = options;
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    return emptyState("No day out of sample yet.", "It fills once there are more days than a forecast is made from.");
  const at = ({date}: BacktestDay) => new Date(`${date}T00:00:00Z`);
  const percent = (value: number) => format.fraction(value);
  const ticks = timeTicks(at(first), at(last), Math.max(3, Math.floor(width / 110)), {
    locale: format.locale,
    edge: 20 / width
  });
  const title = ({date, return: value, forecast, isException}: BacktestDay) =>
    `${formatSessionDate(date, format)}\n${format.fraction(value, {decimals: 2, signed: true})}, VaR ${format.fraction(forecast, {decimals: 2})}${isException ? ", passed" : ""}`;
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height,
    ...{marginTop: 16, marginRight: 72, marginBottom: 40, marginLeft: 4},
    x: {type: "utc", axis: null},
    y: {axis: null, nice: true},
    marks: [
      Plot.gridY({ticks: 5, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({anchor: "right", ticks: 5, tickSize: 0, tickPadding: 8, label: null, tickFormat: percent}),
      Plot.axisX({
        tickSize: 4,
        stroke: "var(--theme-foreground-fainter)",
        ticks: ticks.map((tick) => tick.at),
        tickFormat: (_, i) => ticks[i]!.label,
        label: null
      }),
      Plot.ruleX(days, {x: at, y1: 0, y2: "return", stroke: "var(--theme-foreground-faint)"}),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-faint)"}),
      Plot.lineY(days, {x: at, y: ({forecast}: BacktestDay) => -forecast, stroke: "var(--series-1)", curve: "step"}),
      Plot.dot(
        days.filter(({isException}) => isException),
        {x: at, y: "return", symbol: "triangle", rotate: 180, r: 4, fill: "var(--down)"}
      ),
      Plot.text(["VaR"], {x: at(last), y: -last.forecast, textAnchor: "start", dx: 4, fill: "var(--series-1)"}),
      Plot.tip(days, Plot.pointerX({x: at, y: "return", title}))
    ]
  });
}
