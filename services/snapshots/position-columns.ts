import type {Position} from "../domain/position.js";
import type {ColumnValues} from "./encode-parquet.js";

/** Open positions as the columns of `positionsSchema`, row for row. */
export function positionColumns(positions: readonly Position[]): Record<string, ColumnValues> {
  const all = <T>(value: (position: Position) => T) => positions.map(value);
  return {
    ticket: all(({ticket}) => ticket),
    instrument: all(({instrument}) => instrument),
    side: all(({side}) => side),
    volumeLots: all(({volumeLots}) => volumeLots),
    openTime: all(({openTime}) => openTime),
    openPrice: all(({openPrice}) => openPrice),
    currentPrice: all(({currentPrice}) => currentPrice),
    stopPrice: all(({stopPrice}) => stopPrice),
    profitMinor: all(({profit}) => profit.minor),
    currency: all(({profit}) => profit.currency)
  };
}
