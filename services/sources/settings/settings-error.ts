/** One thing wrong with settings: which key, what stands there, and what would do. */
export interface SettingsProblem {
  /** Path of the key, as `sources.mt5-a.url`; empty for the file as a whole. */
  readonly key: string;
  /** What was found, in words; never a secret. */
  readonly found: string;
  readonly remedy: string;
  /** Line of the file, counted from 1, where it is known. */
  readonly line?: number;
}

function formatProblem(path: string, {key, found, remedy, line}: SettingsProblem): string {
  return `${path}${line === undefined ? "" : `:${line}`}: ${key === "" ? "" : `${key}: `}found ${found}; ${remedy}`;
}

/** Settings that cannot be used, with everything that is wrong with them at once. */
export class SettingsError extends Error {
  readonly path: string;
  readonly problems: readonly SettingsProblem[];

  constructor(path: string, problems: readonly SettingsProblem[], options?: ErrorOptions) {
    super(["invalid settings:", ...problems.map((problem) => formatProblem(path, problem))].join("\n  "), options);
    this.name = "SettingsError";
    this.path = path;
    this.problems = problems;
  }
}
