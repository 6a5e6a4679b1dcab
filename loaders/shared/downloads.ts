import type {Download} from "../../services/domain/clock-report.js";
import {barsId, dealsId, positionsId, ticksId} from "../../services/snapshots/dataset-id.js";
import type {Settings} from "../../services/sources/settings/settings.js";

/**
 * The files of data sets that a site hands out, byte for byte as the store holds them. What an audience may see only in
 * part is not among them.
 */
export function downloadsOf({site, ticks, audience}: Pick<Settings, "site" | "ticks" | "audience">): Download[] {
  const isWhole = (family: string) => !(audience?.leaveOut ?? []).some((column) => column.startsWith(`${family}.`));
  const bars = site.instruments.flatMap(({id, slug, timeframes}) =>
    timeframes.map((timeframe, i) => {
      const name = i === 0 ? "base" : timeframe === "1d" ? "daily" : timeframe;
      return {dataset: barsId(id, timeframe), path: `bars/${slug}/${name}.parquet`};
    })
  );
  const tickFiles = ticks.flatMap(({instrument}) => {
    const slug = site.instruments.find(({id}) => id === instrument)?.slug;
    return slug === undefined ? [] : [{dataset: ticksId(instrument), path: `ticks/${slug}.parquet`}];
  });
  const accounts = site.accounts.flatMap(({id}) => [
    ...(isWhole("deals") ? [{dataset: dealsId(id), path: `deals/${id}.parquet`}] : []),
    ...(isWhole("positions") ? [{dataset: positionsId(id), path: `positions/${id}.parquet`}] : [])
  ]);
  return [...bars, ...tickFiles, ...accounts];
}
