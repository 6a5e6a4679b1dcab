import {type Catalog, type Dataset, sessionDatasets} from "../../services/domain/dataset.js";
import {type SiteSettings, withBars} from "../../services/domain/settings.js";

/** The tables of the SQL page. */
export type TableName = "daily" | "bars" | "coarser" | "ticks" | "deals" | "positions";

/**
 * The data sets that each table is made of, so that what a page states as its source is what its tables hold. Days come
 * from daily bars, or from the finest where none are kept: such a data set is behind two tables.
 */
export function tableSources(
  catalog: Catalog,
  settings: SiteSettings
): Readonly<Record<TableName, readonly Dataset[]>> {
  const drawn = withBars(settings);
  const finest = new Map(drawn.map(({id, timeframes}) => [id as string, timeframes[0]]));
  const of = (kind: Dataset["kind"]) => catalog.datasets.filter((dataset) => dataset.kind === kind);
  const bars = of("bars").filter(({instrument}) => instrument !== undefined && finest.has(instrument));
  const isFinest = ({instrument, timeframe}: Dataset) => finest.get(instrument ?? "") === timeframe;
  return {
    daily: sessionDatasets(catalog, drawn),
    bars: bars.filter(isFinest),
    coarser: bars.filter((dataset) => !isFinest(dataset) && dataset.timeframe !== "1d"),
    ticks: of("ticks"),
    deals: of("deals"),
    positions: of("positions")
  };
}
