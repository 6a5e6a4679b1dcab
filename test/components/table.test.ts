// @vitest-environment jsdom
import {csvParse} from "d3-dsv";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {formatCsv} from "../../components/parts/csv.js";
import {type Column, dataTable} from "../../components/parts/data-table.js";

interface Row {
  readonly name: string;
  readonly net: number | undefined;
}

const columns: readonly Column<Row>[] = [
  {label: "Name", value: ({name}) => name},
  {
    label: "Net",
    unit: "USD",
    kind: "number",
    isSigned: true,
    value: ({net}) => net,
    text: ({net}) => net?.toFixed(2) ?? "–"
  }
];

describe("dataTable", () => {
  it("says the unit in the head and the decimals down the column", () => {
    const table = dataTable(
      [
        {name: "a", net: 1},
        {name: "b", net: -10.5}
      ],
      columns,
      {caption: "Round trips"}
    );
    expect(table.querySelectorAll("th[scope=col]")[1]!.textContent).toBe("NetUSD");
    const cells = [...table.querySelectorAll("tbody td")];
    expect(cells.map((cell) => cell.textContent)).toEqual(["1.00", "-10.50"]);
    expect(cells.map((cell) => cell.className)).toEqual(["number gain", "number loss"]);
  });

  it("shows a dash for what is absent and names the rows for a screen reader", () => {
    const table = dataTable([{name: "a", net: undefined}], columns, {caption: "Round trips"});
    expect(table.querySelector("tbody td")!.textContent).toBe("–");
    expect(table.querySelector("[role=region]")!.getAttribute("aria-label")).toBe("Round trips");
    expect(table.querySelector("tbody th")!.getAttribute("scope")).toBe("row");
  });

  it("says how many rows it does not show", () => {
    const rows = Array.from({length: 5}, (_, i) => ({name: `${i}`, net: i}));
    const table = dataTable(rows, columns, {caption: "Round trips", limit: 2});
    expect(table.querySelectorAll("tbody tr").length).toBe(2);
    expect(table.textContent).toContain("First 2 of 5 rows");
  });

  it("says why it is empty", () => {
    const table = dataTable([], columns, {caption: "Round trips", emptyStep: "Trade."});
    expect(table.textContent).toBe("No round trips.Trade.");
  });
});

describe("formatCsv", () => {
  const csv = (rows: readonly Row[]) =>
    formatCsv(
      rows,
      columns.map(({label, value}) => ({name: label, value}))
    );

  it("writes raw values, quotes what needs it, leaves the absent empty", () => {
    expect(
      csv([
        {name: 'a "b", c', net: -1.25},
        {name: "d", net: undefined}
      ])
    ).toBe('Name,Net\r\n"a ""b"", c",-1.25\r\nd,\r\n');
  });

  it("disarms text that a spreadsheet would run", () => {
    expect(csv([{name: "=HYPERLINK(1)", net: -1}])).toBe("Name,Net\r\n'=HYPERLINK(1),-1\r\n");
  });

  it("gives back what went in, through another parser", () => {
    const names = fc.string({maxLength: 12}).filter((name) => !/^[=+\-@\t\r]/.test(name));
    const rows = fc.array(fc.record({name: names, net: fc.double({noNaN: true, noDefaultInfinity: true})}), {
      maxLength: 8
    });
    fc.assert(
      fc.property(rows, (given) => {
        const read = csvParse(csv(given)).map(({Name, Net}) => ({name: Name, net: Number(Net)}));
        expect(read).toEqual(given.map(({name, net}) => ({name, net: net === 0 ? 0 : net})));
      }),
      {seed: 11, numRuns: 200}
    );
  });
});
