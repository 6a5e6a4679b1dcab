import {z} from "zod";
import type {Catalog, Dataset} from "../domain/dataset.js";
import {type InstrumentId, parseInstrumentId} from "../domain/instrument.js";
import {isTimeframe, type Timeframe} from "../domain/timeframe.js";
import {assertDatasetId} from "./dataset-id.js";
import type {Lineage} from "./lineage.js";
import {SnapshotError} from "./snapshot-error.js";

const time = z.int();
const count = z.int().min(0);
const passes = (check: (text: string) => unknown) => (text: string) => {
  try {
    check(text);
    return true;
  } catch {
    return false;
  }
};

const lineageShape = {
  id: z.string().refine(passes(assertDatasetId)),
  kind: z.enum(["bars", "ticks", "deals", "positions"]),
  instrument: z.exactOptional(
    z.custom<InstrumentId>((text) => typeof text === "string" && passes(parseInstrumentId)(text))
  ),
  timeframe: z.exactOptional(z.custom<Timeframe>((text) => typeof text === "string" && isTimeframe(text))),
  account: z.exactOptional(z.string()),
  source: z.string(),
  sourceKind: z.string(),
  simulated: z.boolean(),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  rows: count,
  coverage: z.array(z.object({date: z.iso.date(), found: count, expected: count})),
  gaps: z.array(z.object({start: time, end: time, missing: count})),
  offSession: z.object({preOpen: count, postClose: count, closedDay: count}),
  duplicatesDropped: count,
  restatements: z.array(
    z.object({time, until: z.exactOptional(time), field: z.string(), was: z.number(), is: z.number(), seenAt: time})
  ),
  warnings: z.array(z.string()),
  loaderVersion: z.string(),
  durationMs: z.number().min(0),
  askedFrom: z.exactOptional(time),
  checkedTime: time,
  takenTime: time,
  live: z.exactOptional(z.object({boot: z.string(), lastSeq: count}))
};

const lineageSchema: z.ZodType<Lineage> = z.object(lineageShape);
const datasetSchema: z.ZodType<Dataset> = z.object({
  ...lineageShape,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: count
});
const catalogSchema: z.ZodType<Catalog> = z.object({version: z.literal(1), datasets: z.array(datasetSchema)});

/** @throws {SnapshotError} SNAPSHOT_DAMAGED naming the fields that are wrong */
export function parseCatalog(text: string): Catalog {
  return parse(catalogSchema, text, "catalog.json");
}

/** @throws {SnapshotError} SNAPSHOT_DAMAGED naming the fields that are wrong */
export function parseLineage(text: string): Lineage {
  return parse(lineageSchema, text, "lineage");
}

function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
  const parsed = schema.safeParse(parseJson(text, name));
  if (parsed.success) return parsed.data;
  const [{path, message} = {path: [], message: "invalid"}] = parsed.error.issues;
  throw new SnapshotError("SNAPSHOT_DAMAGED", `${name}: ${path.join(".")}: ${message}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SnapshotError("SNAPSHOT_DAMAGED", `${name}: not JSON: ${(cause as Error).message}`, {cause});
  }
}

/** A catalogue as text: one data set to a line, by id, so that the same catalogue is the same bytes. */
export function formatCatalog({version, datasets}: Catalog): string {
  const lines = [...datasets].sort((a, b) => (a.id < b.id ? -1 : 1)).map((dataset) => JSON.stringify(dataset));
  return `{"version":${version},"datasets":[${lines.length > 0 ? `\n${lines.join(",\n")}\n` : ""}]}\n`;
}
