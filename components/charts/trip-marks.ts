import * as Plot from "npm:@observablehq/plot";
import type {RoundTrip} from "../../services/domain/round-trip.js";
import type {TapeLayout} from "./tape-layout.js";

/** Where on a tape a round trip lies. */
export interface TripPlaces {
  /** Rows of the bars in which it was opened and closed. */
  readonly opened: number;
  readonly closed: number;
  /** Where its loss was to be cut, where that is known. */
  readonly stopPrice?: number | undefined;
  readonly priceText: (price: number) => string;
}

/** The entry and the exit of a round trip, named with their prices, and the way between them. */
export function tripMarks({position}: TapeLayout, trip: RoundTrip, places: TripPlaces): Plot.Markish[] {
  const {opened, closed, stopPrice, priceText} = places;
  const [from, to] = [position[opened]!, position[closed]!];
  const stroke = trip.net.minor < 0 ? "var(--down)" : "var(--up)";
  const halo = {stroke: "var(--theme-background)", strokeWidth: 5, fill: "var(--theme-foreground)"} as const;
  const isLong = trip.side === "buy";
  const ends = [
    {x: from, y: trip.openPrice, mark: isLong ? "▲" : "▼", label: `opened ${priceText(trip.openPrice)}`, anchor: "end"},
    {
      x: to,
      y: trip.closePrice,
      mark: isLong ? "▼" : "▲",
      label: `closed ${priceText(trip.closePrice)}`,
      anchor: "start"
    }
  ] as const;
  return [
    Plot.rect([0], {
      x1: from - 0.5,
      x2: to + 0.5,
      fill: "var(--select)",
      fillOpacity: 0.06
    }),
    stopPrice === undefined
      ? null
      : [
          Plot.ruleY([stopPrice], {x1: from - 0.5, x2: to + 0.5, stroke: "var(--breach)", strokeDasharray: "3,2"}),
          Plot.text([`stop ${priceText(stopPrice)}`], {x: to, y: stopPrice, dx: 8, textAnchor: "start", ...halo})
        ],
    Plot.link([0], {x1: from, x2: to, y1: trip.openPrice, y2: trip.closePrice, stroke, strokeWidth: 2}),
    ...ends.flatMap(({x, y, mark, label, anchor}) => [
      Plot.text([mark], {x, y, fontSize: 16, ...halo, fill: "var(--select)"}),
      Plot.text([label], {x, y, dx: anchor === "end" ? -10 : 10, textAnchor: anchor, fontWeight: 600, ...halo})
    ])
  ];
}
