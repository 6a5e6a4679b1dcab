import {stat} from "node:fs/promises";
import {join} from "node:path";
import type {Catalog, Dataset, Gap} from "../../../services/domain/dataset.js";
import {type EpochMs, formatIso} from "../../../services/domain/time.js";
import {openStore} from "../../../services/snapshots/store.js";
import {reconcile} from "../../../services/snapshots/store-heal.js";
import type {Settings} from "../../../services/sources/settings/settings.js";
import {asNotice} from "../commit.js";
import {planPulls} from "../plan.js";
import {formatCount, messageOf} from "../report.js";
import {barsBehind} from "./bars-behind.js";
import type {Finding} from "./finding.js";

const area = "snapshots";
const pullRemedy = "run: npm run snapshot";

/**
 * Reads every file of the store and compares it with the catalogue and with settings, without changing anything.
 *
 * @returns findings, and the data sets that proved whole
 */
export async function checkSnapshots(
  root: string,
  settings: Settings | undefined,
  now: EpochMs
): Promise<{readonly findings: Finding[]; readonly datasets: readonly Dataset[]}> {
  let catalog: Catalog | undefined;
  const findings: Finding[] = [];
  try {
    catalog = await openStore(root).catalog();
  } catch (error) {
    findings.push({
      area,
      severity: "error",
      what: `${root}/${messageOf(error)}`,
      remedy: `${pullRemedy} (it is made anew from the files)`
    });
  }
  const {datasets, healed, damaged} = await reconcile(root, catalog);
  const held = [...datasets.values()];
  if (catalog !== undefined)
    findings.push(
      ...healed.map((what): Finding => ({area, severity: "warning", what, remedy: `${pullRemedy} (it mends this)`}))
    );
  for (const [id, why] of damaged)
    findings.push({
      area,
      severity: "error",
      what: `${id}: damaged: ${why}`,
      remedy: `${pullRemedy} (it is taken anew)`
    });
  if (settings !== undefined)
    findings.push(...compareWithSettings(held, damaged, settings), ...findStale(held, settings, now));
  if (held.length > 0 && findings.length === 0) findings.push(await allWell(root, held));
  return {findings, datasets: held};
}

async function allWell(root: string, held: readonly Dataset[]): Promise<Finding> {
  const rows = held.reduce((sum, {rows: n}) => sum + n, 0);
  const {mtimeMs} = await stat(join(root, "catalog.json"));
  const what = `${held.length} data sets, ${formatCount(rows)} rows, each just as it was written; last looked ${formatIso(mtimeMs).slice(0, 16)}Z`;
  return {area, severity: "ok", what};
}

function compareWithSettings(
  held: readonly Dataset[],
  damaged: ReadonlyMap<string, string>,
  settings: Settings
): Finding[] {
  const wanted = planPulls(settings).map(({id}) => id);
  const missing = wanted.filter((id) => !damaged.has(id) && !held.some((dataset) => dataset.id === id));
  const spare = held.filter(({id}) => !wanted.includes(id)).map(({id}) => id);
  return [
    ...(missing.length > 0
      ? [{area, severity: "error", what: `not yet taken: ${missing.join(", ")}`, remedy: pullRemedy} as const]
      : []),
    ...(spare.length > 0
      ? [{area, severity: "note", what: `kept, though settings no longer ask for it: ${spare.join(", ")}`} as const]
      : [])
  ];
}

function findStale(held: readonly Dataset[], settings: Settings, now: EpochMs): Finding[] {
  const behind = held.flatMap((dataset) => {
    const n = barsBehind(dataset, settings, now);
    return n > 0
      ? [`${dataset.id} by ${formatCount(n)} ${dataset.kind === "ticks" ? "times five minutes" : "bars"}`]
      : [];
  });
  if (behind.length === 0) return [];
  return [
    {
      area,
      severity: "warning",
      what: `more than a session behind the clock: ${behind.join(", ")}`,
      remedy: pullRemedy
    }
  ];
}

/** Gaps, rows outside sessions, restatements and warnings of data sets, each with what to do. */
export function checkQuality(datasets: readonly Dataset[]): Finding[] {
  const findings = datasets.flatMap((dataset) => [...describeGaps(dataset), ...describeRows(dataset)]);
  return findings.length > 0 ? findings : [{area: "gaps", severity: "ok", what: "none against the calendars"}];
}

function describeGaps({id, kind, gaps}: Dataset): Finding[] {
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const longest = gaps.reduce((a: Gap, b) => (b.missing > a.missing ? b : a));
  const rows = kind === "ticks" ? "times five minutes without a tick" : "bars missing";
  const what = `${id}: ${formatCount(missing)} ${rows} in ${formatCount(gaps.length)} gaps, the longest ${formatCount(longest.missing)} from ${formatIso(longest.start)}`;
  const later = kind === "bars" ? " (what it fills in, later runs of npm run snapshot take by themselves)" : "";
  const remedy = `if the market was open then, ask the source why${later}; if it was a holiday, enter it in data/reference/calendars.yaml`;
  return [{area: "gaps", severity: "warning", what, remedy}];
}

const calendarRemedy =
  "enter a special session in data/reference/calendars.yaml; where the source cuts its days at another hour than the " +
  "calendar, as in the weeks when only America or only Europe has changed its clocks, take days from another source";

function describeRows({id, offSession, restatements, duplicatesDropped, warnings}: Dataset): Finding[] {
  const {preOpen, postClose, closedDay} = offSession;
  const say = (severity: "note" | "warning", what: string, remedy?: string): Finding => ({
    ...{area: "quality", severity, what: `${id}: ${what}`},
    ...(severity === "warning" && remedy !== undefined ? {remedy} : {})
  });
  const anew = `npm run snapshot -- --anew ${id}`;
  return [
    ...(preOpen + postClose > 0
      ? [say("note", `${preOpen} rows before the open and ${postClose} after the close are kept apart`)]
      : []),
    ...(closedDay > 0
      ? [
          say(
            "warning",
            `${closedDay} rows on days without a session: a special session that calendars.yaml lacks?`,
            calendarRemedy
          )
        ]
      : []),
    ...(duplicatesDropped > 0
      ? [say("note", `the source gave ${formatCount(duplicatesDropped)} rows twice; each is kept once`)]
      : []),
    ...(restatements.length > 0
      ? [
          say(
            "warning",
            `the source restated ${formatCount(restatements.length)} values; what was shown first stands`,
            `the catalogue has each as it was and is; to take what the source states now, run: ${anew}`
          )
        ]
      : []),
    ...warnings.map((warning) =>
      say(
        warning.startsWith(asNotice("")) ? "note" : "warning",
        warning,
        `look at it at the source; if it is wrong here only, run: ${anew}`
      )
    )
  ];
}
