import type {BarSeries} from "../../../services/domain/bar.js";
import type {Formats} from "../../format/create-formats.js";
import type {ChartPane} from "./market-data.js";

/** Two instruments in one pane, each as its change since the first bar in sight. */
export function comparePane(
  bars: BarSeries,
  names: readonly [own: string, other: string],
  other: Float64Array,
  format: Formats
): ChartPane {
  const change = (value: number) => format.fraction(value, {decimals: 2, signed: true});
  return {
    label: "Change since the first bar in sight",
    isRebased: true,
    format: change,
    levels: [],
    lines: [
      {label: names[0], values: bars.close, colour: "--theme-foreground", format: change},
      {label: `${names[1]}, daily`, values: other, colour: "--series-2", format: change}
    ]
  };
}
