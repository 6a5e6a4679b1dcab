import type {CsvSettings} from "./source-settings.js";

/** Whether settings lay a source's files out as bars rather than ticks. */
export function holdsBars({columns}: CsvSettings): boolean {
  const names = Array.isArray(columns) ? columns : Object.keys(columns);
  return names.includes("open");
}
