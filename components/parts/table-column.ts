/** A column: its head with the unit, each row's raw value, and how it is shown. */
export interface Column<Row> {
  readonly label: string;
  readonly unit?: string;
  readonly value: (row: Row) => number | string | undefined;
  /** As many decimals down the column, so that points stand under each other. */
  readonly text?: (row: Row) => string;
  /** What is shown in place of text, as a link. */
  readonly node?: (row: Row) => Node | null;
  /** `number` columns end on one edge; `wrap` may break lines. */
  readonly kind?: "number" | "text" | "wrap";
  /** Whether it stands in the file alone, and not on the page. */
  readonly isFileOnly?: boolean;
  /** Whether figures are coloured by their sign. */
  readonly isSigned?: boolean;
}
