import {escapeHtml} from "./escape-html.js";

/** What stands at the foot of every page. */
export interface FooterFacts {
  readonly title: string;
  readonly simulated: boolean;
  /** The moment up to which the newest data speak, zone named; none where there are no data. */
  readonly asOf: string | undefined;
  /** The project's version. */
  readonly version: string;
  readonly sources: string;
  readonly data: string;
  /** Where the licences of what the site is made of stand; a preview has none. */
  readonly licences?: string | undefined;
}

/**
 * The foot of every page: whose it is, as of when, and which build. It says nothing of the clock, so that two builds of
 * the same snapshots are the same.
 */
export function pageFooter({title, simulated, asOf, version, sources, data, licences}: FooterFacts): string {
  const said = [
    escapeHtml(title),
    ...(simulated ? ["all data is simulated"] : []),
    asOf === undefined ? "no data yet" : `data as of ${escapeHtml(asOf)}`,
    `<span class="build" title="Version, then what pages and code, and what the snapshots, hash to">build ${escapeHtml(version)} · pages ${sources} · data ${data}</span>`,
    ...(licences === undefined ? [] : [`<a href="${escapeHtml(licences)}">licences</a>`])
  ];
  return said.join(" · ");
}
