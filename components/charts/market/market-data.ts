import type {EpochMs} from "../../../services/domain/time.js";
import type {TapeLayout} from "../tape-layout.js";

/** A line over the candles or in a pane of its own: one value a bar, NaN where it has none yet. */
export interface ChartLine {
  readonly label: string;
  readonly values: Float64Array;
  /** A second edge: the room between is shaded. */
  readonly upper?: Float64Array;
  /** The name of a theme colour, as `--series-1`. */
  readonly colour: string;
  readonly isDashed?: boolean;
  /** A value where it is read off. */
  readonly format: (value: number) => string;
}

/** A pane of lines under the volume, as RSI. */
export interface ChartPane {
  readonly label: string;
  readonly lines: readonly ChartLine[];
  /** Columns from zero, as the histogram of MACD. */
  readonly columns?: Float64Array;
  /** Fixed ends of the axis; those of the values in sight unless told. */
  readonly domain?: readonly [low: number, high: number];
  /** Levels dashed across, which the axis names. */
  readonly levels?: readonly number[];
  /** Whether each line is shown as a change since the first bar in sight. */
  readonly isRebased?: boolean;
  readonly format: (value: number) => string;
}

/** All that a market chart shows, before it is known which part is in sight. */
export interface MarketData {
  readonly layout: TapeLayout;
  readonly lines: readonly ChartLine[];
  readonly panes: readonly ChartPane[];
  /** Where bars of a snapshot end and live ones begin, if any do, and whether the last bar is not over. */
  readonly edge?: {readonly seam?: EpochMs; readonly isForming: boolean} | undefined;
}
