import * as Plot from "npm:@observablehq/plot";
import type {Formats} from "../format/create-formats.js";
import {zoneName} from "../format/moment.js";
import type {TapeLayout} from "./tape-layout.js";
import {tapeTicks} from "./tape-ticks.js";

const tickRoom = 64;

/** Width of the value axis at the right for labels like these. */
export function axisWidth(labels: readonly string[]): number {
  return Math.max(56, Math.max(0, ...labels.map(({length}) => length)) * 7.5 + 12);
}

/** What every pane of one chart has in common with the next, but for its height. */
export interface PaneContext {
  readonly width: number; // px
  readonly height: number; // px
  readonly format: Formats;
  /** Width of the value axis, the same for all panes: see `axisWidth`. */
  readonly axis: number; // px
  /** Places kept empty at the right, for the names of lines. */
  readonly room: number;
  /** Whether times stand under this pane: the lowest of a chart. */
  readonly isLast: boolean;
}

/** What one pane of a chart draws and between which values, beside what all panes share. */
export interface TapePaneOptions extends PaneContext {
  readonly marks: readonly Plot.Markish[];
  /** Lowest and highest value drawn. */
  readonly domain: readonly [low: number, high: number];
  /** A value on the axis. */
  readonly tickFormat: (value: number) => string;
  /** About how many values the axis names. */
  readonly ticks?: number | readonly number[]; // 5; a list names just these
  /** What the pane shows, for those who cannot see it. */
  readonly label: string;
  /** Room above, for a title. */
  readonly marginTop?: number; // px; 8
}

/** One pane of a tape: values on the right, sessions barely shaded, times below the last pane in the zone named. */
export function tapePane(layout: TapeLayout, options: TapePaneOptions) {
  const {
    width,
    height,
    axis,
    format,
    marks,
    domain,
    ticks = 5,
    room,
    isLast,
    label,
    tickFormat,
    marginTop = 8
  } = options;
  const xDomain = [-0.75, layout.length - 0.25 + room] as const;
  const perPlace = (width - axis) / (xDomain[1] - xDomain[0]);
  return Plot.plot({
    className: "tape-chart",
    ariaLabel: label,
    width,
    height: height + (isLast ? 40 : 0),
    marginTop,
    marginRight: axis,
    marginBottom: isLast ? 48 : 8,
    marginLeft: 0,
    x: {type: "linear", domain: xDomain, axis: null},
    y: {type: "linear", domain},
    marks: [
      shade(layout),
      Plot.gridY({ticks: ticks as number, stroke: "var(--grid)", strokeOpacity: 1}),
      Plot.axisY({anchor: "right", ticks: ticks as number, tickSize: 0, tickPadding: 8, label: null, tickFormat}),
      isLast ? timeAxis(layout, perPlace, format) : null,
      ...marks
    ]
  });
}

function shade({sessions}: TapeLayout): Plot.Markish {
  const odd = sessions.length > 60 ? [] : sessions.filter((_, i) => i % 2 === 1);
  return Plot.rect(odd, {x1: ([start]) => start - 0.5, x2: ([, end]) => end - 0.5, fill: "var(--session)"});
}

function timeAxis({bars, dates, position}: TapeLayout, perPlace: number, format: Formats): Plot.Markish {
  const {locale} = format;
  const ticks = tapeTicks(dates ?? bars.time, position, tickRoom / perPlace, dates ? {zone: "UTC", locale} : format);
  const labels = new Map(ticks.map((tick) => [tick.position, tick.label]));
  return Plot.axisX([...labels.keys()], {
    tickFormat: (place: number) => labels.get(place) ?? "",
    tickSize: 4,
    stroke: "var(--theme-foreground-fainter)",
    label: dates ? "session" : zoneName(bars.time.at(-1) ?? 0, format),
    labelArrow: "none",
    labelAnchor: "right",
    labelOffset: 20
  });
}
