import {crc32} from "node:zlib";

/** One line of the journal: a number that rises by one, and what it is about. */
export interface JournalRecord<T> {
  readonly seq: number;
  readonly value: T;
}

/** A record as a line: the CRC-32 of the rest in hex, the number, the value as JSON. */
export function encodeRecord<T>({seq, value}: JournalRecord<T>): string {
  const text = `${seq} ${JSON.stringify(value)}`;
  return `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
}

/** A record from a line without its end; `undefined` where it is torn or damaged. */
export function decodeRecord<T>(line: string, parse: (value: unknown) => T | undefined): JournalRecord<T> | undefined {
  const [, sum, text, seq, json] = /^([0-9a-f]{8}) ((\d+) (.*))$/s.exec(line) ?? [];
  if (sum === undefined || Number.parseInt(sum, 16) !== crc32(text!)) return undefined;
  const value = parse(JSON.parse(json!));
  return value === undefined ? undefined : {seq: Number(seq), value};
}
