import {daysAtOpen} from "../../services/analytics/bars/days-at-open.js";
import type {BarSeries} from "../../services/domain/bar.js";
import {instrumentSettings, type SiteSettings, withBars} from "../../services/domain/settings.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {lazily} from "./lazily.js";
import {type PageSubjects, pageSubjects} from "./page-subjects.js";
import type {PageFiles} from "./sibling-page.js";

/** An instrument's bars as the snapshot holds them, each read when first asked for. */
export interface KeptBars {
  /** Each day at its session's open. */
  daily(): Promise<BarSeries>;
  /** Of the finest timeframe kept. */
  intraday(): Promise<BarSeries>;
}

/**
 * The instruments of a page that is one's own, each shown in place with its bars.
 *
 * @param slug the instrument that the page was opened for
 * @param files its bars, as the page attaches them
 */
export function instrumentSubjects(
  settings: SiteSettings,
  slug: string,
  files: PageFiles<"daily.parquet" | "base.parquet">
): PageSubjects<KeptBars> {
  return pageSubjects({
    slug,
    slugs: withBars(settings).map((instrument) => instrument.slug),
    files,
    hold(files, slug) {
      const calendar = settings.calendars[instrumentSettings(settings, slug).calendar]!;
      return {
        daily: lazily(() =>
          files["daily.parquet"]()
            .then(readBars)
            .then((days) => daysAtOpen(days, calendar))
        ),
        intraday: lazily(() => files["base.parquet"]().then(readBars))
      };
    },
    ready: ({daily, intraday}) => Promise.all([daily(), intraday()])
  });
}
