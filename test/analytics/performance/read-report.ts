import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {decodeText} from "../../../services/sources/files/decode-text.js";
import {parseReport} from "../../../services/sources/files/parse-report.js";
import type {Report} from "../../../services/sources/files/report.js";
import {createClock} from "../../../services/sources/mt5/clock.js";

const root = process.env["TAPEBOOK_SHARED_DATA"] ?? join(import.meta.dirname, "../../../../shared/data");

export const reportFolder = join(root, "mt5/reports");
export const hasReports = existsSync(reportFolder);

/** A genuine MetaTrader report, read as the app reads it. */
export function readReport(name: string): Report {
  const text = decodeText(readFileSync(join(reportFolder, name)), name);
  const clock = createClock({zone: "UTC", offsetHours: 0});
  return parseReport({name, text}, {clock, currency: "USD", toInstrument: (symbol) => `MT5:${symbol}`});
}
