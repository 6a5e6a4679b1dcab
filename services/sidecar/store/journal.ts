import {randomUUID} from "node:crypto";
import {existsSync} from "node:fs";
import {type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {decodeRecord, encodeRecord, type JournalRecord} from "./journal-record.js";

/** How a journal is kept. */
export interface JournalOptions<T> {
  readonly folder: string;
  /** A value from what was written; `undefined` where it makes no sense. */
  readonly parse: (value: unknown) => T | undefined;
  /** Bytes after which a new file is begun. */
  readonly segmentBytes?: number;
  /** Bytes that all files may hold together; what comes then is not written. */
  readonly mostBytes?: number;
  /** The clock, by which this run's numbers begin. */
  readonly now?: () => number;
}

/** Values on disk until they are confirmed. */
export interface Journal<T> {
  /** Tells this journal from any other: numbers mean something within it alone. */
  readonly id: string;
  /** What was written before and not confirmed, in order. */
  readonly left: readonly JournalRecord<T>[];
  /** Lines that could not be read: the torn end of a crash, or damage. */
  readonly damaged: number;
  readonly bytes: number;
  /** The number that the next value gets. */
  nextSeq(): number;
  /** Numbers from now on lie above this one. */
  raise(seq: number): void;
  /** Writes records and waits until they are on disk. @throws {Error} where they are not: they may be written again */
  append(records: readonly JournalRecord<T>[]): Promise<void>;
  /** Lets go of everything up to a number, file by file. */
  confirm(seq: number): Promise<void>;
  close(): Promise<void>;
}

interface Segment {
  readonly path: string;
  readonly firstSeq: number;
  bytes: number;
}

/**
 * An append-only journal in files of lines. Each record bears its checksum; what a crash tore is passed over when it is
 * read again. After a failed write the rest goes into a new file, so that half a line stands at the end of one at most.
 * A file is deleted once all in it is confirmed. Numbers begin with the time of the start in microseconds, so that no run
 * uses one of another, not even one that it could not write down.
 */
export async function openJournal<T>(options: JournalOptions<T>): Promise<Journal<T>> {
  const {folder, parse, segmentBytes = 1_048_576, mostBytes = 134_217_728, now = Date.now} = options;
  await mkdir(folder, {recursive: true});
  const id = await journalId(folder);
  const read = await readSegments(folder, parse);
  const segments: Segment[] = read.segments;
  const known = [...segments.map(({firstSeq}) => firstSeq - 1), ...read.records.map(({seq}) => seq)];
  let lastSeq = known.reduce((most, seq) => Math.max(most, seq), now() * 1_000);
  let file: FileHandle | undefined;

  /** A file of its own for each run and after each fault: nothing is ever appended to what may be torn. */
  async function begin(firstSeq: number): Promise<void> {
    await file?.close().catch(() => {}); // what could not be closed is given up
    file = undefined;
    const path = join(folder, `${String(firstSeq).padStart(16, "0")}-${now().toString(36)}.log`);
    file = await open(path, "a");
    segments.push({path, firstSeq, bytes: 0});
    const directory = await open(folder);
    await directory.sync().finally(() => directory.close()); // so that the file's name is there after a power cut
  }

  const total = () => segments.reduce((sum, {bytes}) => sum + bytes, 0);

  async function append(records: readonly JournalRecord<T>[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    if (total() > mostBytes) throw new Error(`journal is full: ${total()} bytes, at most ${mostBytes}`);
    if (file === undefined || segments.at(-1)!.bytes > segmentBytes) await begin(first.seq);
    const data = Buffer.from(records.map(encodeRecord).join(""));
    try {
      await file!.appendFile(data);
      await file!.datasync();
    } catch (error) {
      const broken = file!;
      file = undefined;
      await broken.close().catch(() => {});
      throw error;
    }
    segments.at(-1)!.bytes += data.length;
  }

  async function confirm(seq: number): Promise<void> {
    while (segments.length > 1 && segments[1]!.firstSeq <= seq + 1) await rm(segments.shift()!.path, {force: true});
    const [only] = segments;
    const isDone = segments.length === 1 && seq >= lastSeq && only!.bytes > segmentBytes / 2;
    if (!isDone) return;
    await begin(lastSeq + 1);
    await rm(segments.shift()!.path, {force: true});
  }

  return {
    id,
    left: read.records,
    damaged: read.damaged,
    get bytes() {
      return total();
    },
    nextSeq: () => ++lastSeq,
    raise(seq) {
      lastSeq = Math.max(lastSeq, seq);
    },
    append,
    confirm,
    async close() {
      await file?.close();
      file = undefined;
    }
  };
}

async function journalId(folder: string): Promise<string> {
  const path = join(folder, "id");
  if (!existsSync(path)) {
    await writeFile(`${path}.new`, randomUUID(), {flush: true});
    await rename(`${path}.new`, path);
  }
  return (await readFile(path, "utf8")).trim();
}

async function readSegments<T>(folder: string, parse: (value: unknown) => T | undefined) {
  const names = (await readdir(folder)).filter((name) => /^\d{16}-\w+\.log$/.test(name)).sort();
  const segments: Segment[] = [];
  const records = new Map<number, JournalRecord<T>>();
  let damaged = 0;
  for (const name of names) {
    const path = join(folder, name);
    const text = await readFile(path, "utf8");
    segments.push({path, firstSeq: Number.parseInt(name, 10), bytes: Buffer.byteLength(text)});
    for (const line of text.split("\n")) {
      const record = line === "" ? undefined : decodeRecord(line, parse);
      if (record) records.set(record.seq, record);
      else if (line !== "") damaged += 1;
    }
  }
  return {segments, records: [...records.values()].sort((a, b) => a.seq - b.seq), damaged};
}
