import type {Catalog, Dataset} from "../../services/domain/dataset.js";
import type {SiteSettings} from "../../services/domain/settings.js";
import type {EpochMs} from "../../services/domain/time.js";
import type {AccountToday} from "../../services/domain/today.js";
import {counted} from "../format/counted.js";
import type {Formats} from "../format/create-formats.js";
import type {AttentionItem} from "../parts/attention.js";
import {freshness} from "../parts/freshness.js";

/**
 * When it is read and how far back a gap is still news; without *now* each data set is held against its own last
 * check.
 */
export interface AttentionOptions {
  /** The reader's clock; left out for a simulation, whose clock is not the reader's. */
  readonly now?: EpochMs;
  readonly format: Formats;
  /** Gaps that ended longer ago than this are history and not news. */
  readonly recentMs?: number; // 7 days
}

/** What in the catalogue a reader should know before trusting today's pages, one line a data set at most. */
export function attentionItems(catalog: Catalog, settings: SiteSettings, options: AttentionOptions): AttentionItem[] {
  return catalog.datasets.flatMap((dataset) => [
    ...staleItems(dataset, settings, options),
    ...gapItems(dataset, options),
    ...restatedItems(dataset, options),
    ...warningItems(dataset)
  ]);
}

function staleItems(
  dataset: Dataset,
  {instruments, calendars}: SiteSettings,
  {now, format}: AttentionOptions
): AttentionItem[] {
  const calendar = calendars[instruments.find(({id}) => id === dataset.instrument)?.calendar ?? ""];
  if (calendar === undefined || dataset.kind !== "bars") return [];
  const {isStale, missedSessions, asOf} = freshness(dataset, calendar, now ?? dataset.checkedTime);
  if (!isStale) return [];
  const text = `ends ${format.zoned(asOf)}; ${counted(missedSessions, "session", format)} ended since. Run: npm run snapshot`;
  return [{severity: "breach", subject: dataset.id, text, href: dataHref(dataset.id)}];
}

function warningItems({id, warnings}: Dataset): AttentionItem[] {
  const [first, ...more] = warnings;
  if (first === undefined) return [];
  const text = more.length === 0 ? first : `${first}; and ${more.length} more`;
  return [{severity: "caution", subject: id, text, href: dataHref(id)}];
}

function gapItems(
  {id, gaps, lastTime}: Dataset,
  {format, recentMs = 7 * 86_400_000}: AttentionOptions
): AttentionItem[] {
  const recent = gaps.filter(({end}) => end > (lastTime ?? 0) - recentMs);
  if (recent.length === 0) return [];
  const missing = recent.reduce((sum, gap) => sum + gap.missing, 0);
  const {start, end} = recent.at(-1)!;
  const text = `${format.count(missing)} bars missing in the last week, the latest ${format.span(start, end)} (${format.zone})`;
  return [{severity: "caution", subject: id, text, href: dataHref(id)}];
}

function restatedItems({id, restatements}: Dataset, {format}: AttentionOptions): AttentionItem[] {
  if (restatements.length === 0) return [];
  const rows = new Set(restatements.map(({time}) => time)).size;
  const text = `${format.count(rows)} ${rows === 1 ? "row was" : "rows were"} restated by the source; what was first shown stands`;
  return [{severity: "note", subject: id, text, href: dataHref(id)}];
}

/** The Data page with a data set looked at. */
function dataHref(id: string): string {
  return `./data?dataset=${encodeURIComponent(id).replaceAll("%2F", "/")}`;
}

/** The accounts of the settings, for their names and pages, and how figures are written. */
export interface AccountAttentionOptions {
  readonly accounts: SiteSettings["accounts"];
  readonly format: Formats;
}

/** What does not add up in any account, one line each, with the page that shows it. */
export function accountItems(
  today: readonly AccountToday[],
  {accounts, format}: AccountAttentionOptions
): AttentionItem[] {
  return today.flatMap(({account, standing}) => {
    if (standing === undefined) return [];
    const {problems, problem, difference, mismatches} = standing;
    const subject = accounts.find(({id}) => id === account)?.name ?? account;
    const item = (text: string): AttentionItem => ({
      severity: "caution",
      subject,
      text,
      href: `./trades/${account}#whether-it-adds-up`
    });
    return [
      ...(problems > 0 ? [item(`${counted(problems, "deal", format)} cannot be matched, the first: ${problem}`)] : []),
      ...(difference !== undefined && difference.minor !== 0
        ? [
            item(
              `deals come to ${format.money(difference, {signed: true})}\u00a0${difference.currency} against the balance that the broker states`
            )
          ]
        : []),
      ...(mismatches > 0 ? [item("what is open by the deals is not what the broker holds open")] : [])
    ];
  });
}
