import {loadSettings} from "../../../services/sources/settings/load-settings.js";
import type {Settings} from "../../../services/sources/settings/settings.js";
import {SettingsError} from "../../../services/sources/settings/settings-error.js";
import {messageOf} from "../report.js";
import type {Finding} from "./finding.js";

/** Settings if they can be used, and what is wrong with them: each problem by its key. */
export function checkSettings(path: string | undefined): {readonly findings: Finding[]; readonly settings?: Settings} {
  try {
    const settings = loadSettings(path === undefined ? {} : {path});
    const {site, sources} = settings;
    const what = `${settings.path}: ${site.instruments.length} instruments, ${site.accounts.length} accounts, ${Object.keys(sources).length} sources`;
    const findings: Finding[] = [{area: "settings", severity: "ok", what}];
    if (site.instruments.length + site.accounts.length === 0) findings.push(nothingAsked);
    return {findings, settings};
  } catch (error) {
    return {findings: problemsOf(error, "settings")};
  }
}

const nothingAsked: Finding = {
  area: "settings",
  severity: "warning",
  what: "they name no instrument and no account, so that there is nothing to pull",
  remedy: "add some: data/settings.example.yaml shows every kind of source"
};

/** What an error says, problem by problem where it lists several. */
export function problemsOf(error: unknown, area: string): Finding[] {
  if (!(error instanceof SettingsError)) return [{area, severity: "error", what: messageOf(error)}];
  return error.problems.map(({key, found, remedy, line}) => ({
    area,
    severity: "error",
    what: `${error.path}${line === undefined ? "" : `:${line}`}: ${key === "" ? "" : `${key}: `}found ${found}`,
    remedy
  }));
}
