/** How much something matters: all is well, worth knowing, to be looked at, to be mended. */
export type Severity = "ok" | "note" | "warning" | "error";

/** One thing the doctor found, in plain words, and what to do about it. */
export interface Finding {
  /** `settings`, `sources`, `snapshots`, `gaps`, `accounts`, `sidecar`. */
  readonly area: string;
  readonly severity: Severity;
  readonly what: string;
  readonly remedy?: string;
  /** Where it repeats what a source says of its rows: the words under which a data set may hold it already. */
  readonly notice?: string;
}

const words: Record<Severity, string> = {ok: "ok", note: "note", warning: "warning", error: "ERROR"};

/** Findings as lines, an area after another, the remedy under what it mends. */
export function formatFindings(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({area}) => area.length));
  return findings.flatMap(({area, severity, what, remedy}, i) => {
    const name = (findings[i - 1]?.area === area ? "" : area).padEnd(width);
    const indent = " ".repeat(width + 11);
    const lines = what.split("\n").map((line, row) => (row === 0 ? line : `${indent}${line}`));
    return [
      `${name}  ${words[severity].padEnd(7)}  ${lines.join("\n")}`,
      ...(remedy ? [`${indent}do: ${remedy}`] : [])
    ];
  });
}

/** The exit code of findings: 0 nothing to look at, 1 warnings, 2 errors. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({severity}) => severity === "error")) return 2;
  return findings.some(({severity}) => severity === "warning") ? 1 : 0;
}

/** `2 errors, 1 warning` */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (severity: Severity, noun: string) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [`${n} ${noun}${n === 1 ? "" : "s"}`];
  };
  const parts = [...count("error", "error"), ...count("warning", "warning")];
  return parts.length === 0 ? "nothing is wrong" : parts.join(", ");
}
