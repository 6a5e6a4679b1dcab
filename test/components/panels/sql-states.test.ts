// @vitest-environment jsdom
import {it} from "vitest";
import {createFormats} from "../../../components/format/create-formats.js";
import {missingPage} from "../../../components/parts/missing-page.js";
import {faultView} from "../../../components/sql/fault-view.js";
import {createHistory, historyView} from "../../../components/sql/query-history.js";
import {resultChart} from "../../../components/sql/result-chart.js";
import {resultTable} from "../../../components/sql/result-table.js";
import {resultView} from "../../../components/sql/result-view.js";
import {cancelledNote} from "../../../components/sql/run-words.js";
import {resultOfRows, type SqlRows} from "../../../components/sql/sql-result.js";
import type {SqlValue} from "../../../components/sql/sql-value.js";
import {matchesStates, type PanelStates} from "../../support/panel-states.js";

const format = createFormats({zone: "Asia/Kolkata", locale: "en-GB"});
const at = (day: number) => new Date(Date.UTC(2019, 0, day, 3, 45));
const rowsOf = (...rows: Record<string, SqlValue>[]): SqlRows =>
  Object.assign(rows, {columns: Object.keys(rows[0] ?? {})});
const rows = rowsOf({time: at(2), symbol: "INFY", close: 1642.5}, {time: at(3), symbol: "INFY", close: 1650});
const result = resultOfRows(rows);
const nothing = resultOfRows(rowsOf());
const none = () => undefined;
const pages = ["/markets/EURUSD", "/sql"].map((path) => ({name: path.slice(1), path, href: `.${path}`}));

function history(...texts: string[]) {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key)
  };
  const own = createHistory(store);
  for (const text of texts) own.add(text);
  return historyView(own, none);
}

const panels: PanelStates[] = [
  {
    name: "result-table",
    states: {
      usual: () => resultTable(rows, format, {caption: "Closes"}),
      optional: () => resultTable(rows, format, {limit: 1}),
      empty: () => resultTable(nothing, format)
    }
  },
  {
    name: "result-chart",
    states: {
      usual: () => resultChart(result, format, {title: "Infosys rose"}),
      optional: () => resultChart(resultOfRows(rowsOf({name: "a", n: 1}, {name: "b", n: -2})), format),
      empty: () => resultChart(nothing, format)
    }
  },
  {
    name: "result-view",
    states: {
      usual: () => resultView(result, {format, view: "table", onView: none}),
      optional: () => resultView(result, {format, view: "chart", onView: none}),
      empty: () => resultView(nothing, {format, view: "table", onView: none})
    }
  },
  {
    name: "fault-view",
    states: {
      usual: () =>
        faultView({message: "Parser Error: at selec", place: {line: 2, column: 3, offset: 9, text: "  selec"}}, none),
      optional: () => faultView({message: "malloc of size 9 failed"}, none),
      empty: () => faultView({message: "IO Error: no file"}, none)
    }
  },
  {name: "run-words", states: {usual: () => cancelledNote(1_234), empty: () => cancelledNote(0)}},
  {name: "query-history", states: {usual: () => history("SELECT 1", "SELECT 2"), empty: () => history()}},
  {
    name: "missing-page",
    states: {
      usual: () => missingPage({path: "/markets/DOGE", pages, search: none}),
      optional: () => missingPage({path: "/moon", pages}),
      empty: () => missingPage({path: "/moon", pages: []})
    }
  }
];

it.each(panels)("$name says what its file says, in every state", (panel) => matchesStates(panel));
