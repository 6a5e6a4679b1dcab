import type {EpochMs} from "../../services/domain/time.js";

/** A value of a result. Times are `Date`s, days are `YYYY-MM-DD`, whole numbers beyond 2^53 are `bigint`s: none is rounded. */
export type SqlValue = number | bigint | string | boolean | Date | null;

/** What a column of a result holds. */
export type SqlKind = "number" | "time" | "date" | "text" | "boolean";

/** The part of an Arrow type that says how its values are read. */
export interface ArrowType {
  readonly typeId: number;
  readonly unit?: number;
  readonly scale?: number;
  /** Of a dictionary: the type of its entries. */
  readonly dictionary?: ArrowType;
}

/** How the values of one type become ours. */
export interface ValueReader {
  readonly kind: SqlKind;
  read(raw: unknown): SqlValue;
}

const ids = {
  int: 2,
  float: 3,
  binary: 4,
  text: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11
} as const;
const dayUnit = 0;

/** The reader of an Arrow type; what is neither number, time nor text becomes text: lists and structs as JSON. */
export function valueReader(type: ArrowType): ValueReader {
  if (type.dictionary !== undefined) return valueReader(type.dictionary);
  switch (type.typeId) {
    case ids.int:
    case ids.float:
      return reader("number", numberOf);
    case ids.decimal:
      return reader("number", (raw) => decimalOf(raw as Uint32Array, type.scale ?? 0));
    case ids.bool:
      return reader("boolean", Boolean);
    case ids.date:
      return type.unit === dayUnit ? reader("date", (raw) => dayOf(raw as Date)) : reader("time", momentOf);
    case ids.timestamp:
      return reader("time", momentOf);
    case ids.time:
      return reader("text", (raw) => timeOfDay(Number(raw)));
    case ids.binary:
      return reader("text", (raw) => hexOf(raw as Uint8Array));
    case ids.interval:
      throw new TypeError("an INTERVAL cannot be shown: cast it, as in (a - b)::VARCHAR, or take epoch(a - b)");
    default:
      return reader("text", textOf);
  }
}

function reader(kind: SqlKind, read: (raw: unknown) => SqlValue): ValueReader {
  return {kind, read: (raw) => (raw === null || raw === undefined ? null : read(raw))};
}

function numberOf(raw: unknown): number | bigint {
  if (typeof raw !== "bigint") return Number(raw);
  return Number.isSafeInteger(Number(raw)) ? Number(raw) : raw;
}

/** 128 bits in two's complement, lowest word first, as a number where that is exact, else as its digits. */
function decimalOf(words: Uint32Array, scale: number): SqlValue {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const digits = BigInt.asIntN(words.length * 32, unsigned);
  if (scale === 0) return numberOf(digits);
  const text = pointed(digits, scale);
  return Math.abs(Number(digits)) < 1e15 ? Number(text) : text;
}

function pointed(digits: bigint, scale: number): string {
  const sign = digits < 0n ? "-" : "";
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function momentOf(raw: unknown): Date {
  return raw instanceof Date ? raw : new Date(Number(raw) satisfies EpochMs);
}

function dayOf(raw: Date): string {
  return new Date(raw).toISOString().slice(0, 10);
}

/** Microseconds since midnight as `HH:MM:SS`, and a fraction where there is one. */
function timeOfDay(microseconds: number): string {
  const text = new Date(Math.floor(microseconds / 1000)).toISOString().slice(11, 19);
  const rest = microseconds % 1_000_000;
  return rest === 0 ? text : `${text}.${String(rest).padStart(6, "0")}`;
}

function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function textOf(raw: unknown): string {
  if (typeof raw === "string") return raw;
  return typeof raw === "object" ? JSON.stringify(raw, plain) : String(raw);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? numberText(value) : value;
}

function numberText(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
