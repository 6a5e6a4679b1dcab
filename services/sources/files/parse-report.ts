import {SourceError} from "../../domain/source-error.js";
import type {TextFile} from "./find-files.js";
import {parseMt4Statement} from "./mt4-statement.js";
import {parseMt4Tester} from "./mt4-tester.js";
import {parseMt5Deals} from "./mt5-deals.js";
import type {Report, ReportOptions} from "./report.js";
import {type ReportRow, readReportRows} from "./report-rows.js";
import {readStatedFigures} from "./stated-figures.js";

/**
 * Reads an HTML report of MetaTrader 5 or 4: account history or strategy tester, saved in English.
 *
 * @throws {SourceError} SOURCE_BAD_DATA naming file and line if it is none of these, was cut short, states another
 * currency, or its balance does not follow from its deals
 */
export function parseReport({name: file, text}: TextFile, options: ReportOptions): Report {
  const rows = readReportRows(text, file);
  checkCurrency(rows, options.currency, file);
  const found =
    parseMt5Deals(file, rows, options) ?? parseMt4Statement(file, rows, options) ?? parseMt4Tester(file, rows, options);
  if (found === undefined)
    throw new SourceError(
      "SOURCE_BAD_DATA",
      `${file}: no table of deals: save MetaTrader's report as HTML, in English`
    );
  return {...found, statedFigures: readStatedFigures(rows)};
}

function checkCurrency(rows: readonly ReportRow[], currency: string, file: string): void {
  for (const {cells, line} of rows) {
    const stated = statedCurrency(cells);
    if (stated !== undefined && stated !== currency)
      throw new SourceError(
        "SOURCE_BAD_DATA",
        `${file}:${line}: the report is in ${stated}, the account in settings in ${currency}`
      );
  }
}

/** `Currency:` and a code beside it or behind it; in MT5's history the first word of the account's parenthesis. */
function statedCurrency(cells: readonly string[]): string | undefined {
  for (const [i, cell] of cells.entries()) {
    const plain = cell === "Currency:" ? cells[i + 1] : /^Currency: ?(.*)$/.exec(cell)?.[1];
    const account =
      cell === "Account:" ? /\(([A-Z]{3})[,)]/.exec((cells[i + 1] ?? "").replaceAll("\u00a0", " "))?.[1] : undefined;
    const code = plain ?? account;
    if (code !== undefined && /^[A-Z]{3}$/.test(code)) return code;
  }
  return undefined;
}
