import type {GestureTarget} from "./gestures.js";
import type {MarketData} from "./market-data.js";
import type {MarketScene} from "./market-scene.js";
import {
  clampRange,
  type PlaceRange,
  panRange,
  type RowRange,
  rangeOfRows,
  rowNear,
  rowsIn,
  zoomRange
} from "./place-range.js";

/** The bar that a reader points at, and at which height unless it was found by keys. */
export interface Pointed {
  readonly row: number;
  readonly y: number | undefined; // px from the top
}

/** A chart as it stands now. */
export interface ChartState {
  data: MarketData;
  /** Rows of the usual view. */
  home: RowRange;
  /** Places in sight. */
  range: PlaceRange;
  /** What was drawn last. */
  scene?: MarketScene;
  pointed?: Pointed | undefined;
}

/** What a chart may be told. */
export interface ChartActions {
  move(range: PlaceRange): void;
  settle(): void;
  point(at: Pointed | undefined): void;
  say(row: number): void;
}

/** Rows as places, never fewer than a chart can show. */
export function placesOf({layout: {position, length}}: MarketData, rows: RowRange): PlaceRange {
  return clampRange(rangeOfRows(position, rows), length);
}

/** Turns pixels into places and rows of a chart. */
export function gestureTarget(view: Readonly<ChartState>, {move, settle, point, say}: ChartActions): GestureTarget {
  const places = () => view.data.layout.length;
  const pan = (by: number) => move(panRange(view.range, by, places()));
  const placeAt = (x: number) => (view.scene ? (x - view.scene.scale.left) / view.scene.scale.step : view.range.start);
  const middle = () =>
    view.pointed ? view.data.layout.position[view.pointed.row]! : (view.range.start + view.range.end) / 2;
  return {
    zoom: (factor, x) => move(zoomRange(view.range, factor, x === undefined ? middle() : placeAt(x), places())),
    pan: (pixels) => pan(pixels / (view.scene?.scale.step ?? 1)),
    turn: (direction) => pan(((view.range.end - view.range.start) / 10) * direction),
    edge: (side) => pan(side === "first" ? -places() : places()),
    home: () => move(placesOf(view.data, view.home)),
    settle,
    unpoint: () => point(undefined),
    point(x, y) {
      const row = rowNear(view.data.layout.position, placeAt(x));
      point(row < 0 || !view.scene || x > view.scene.plot.right ? undefined : {row, y});
    },
    read(direction) {
      const row = nextRow(view, direction);
      if (row < 0) return;
      const {range, data} = view;
      const at = data.layout.position[row]!;
      point({row, y: undefined});
      pan(Math.min(0, at - 0.5 - range.start) || Math.max(0, at + 0.5 - range.end));
      say(row);
    }
  };
}

/** The row beside the one that is read; the first or the last in sight where none is. */
function nextRow({data: {layout}, range, pointed}: Readonly<ChartState>, direction: 1 | -1): number {
  const rows = rowsIn(layout.position, range);
  const isInSight = pointed && pointed.row >= rows.first && pointed.row < rows.end;
  const next = isInSight ? pointed.row + direction : direction > 0 ? rows.first : rows.end - 1;
  return Math.min(layout.bars.length - 1, Math.max(0, next));
}
