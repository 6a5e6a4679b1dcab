import type {Catalog} from "../../services/domain/dataset.js";
import {type ColumnValues, encodeParquet} from "../../services/snapshots/encode-parquet.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {readMetadata} from "../../services/snapshots/read-metadata.js";
import {
  type ColumnSpec,
  dealsSchema,
  metadataKeys,
  positionsSchema,
  type SnapshotSchema
} from "../../services/snapshots/schema.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {allDealsSchema, allPositionsSchema} from "./all-accounts-schemas.js";

/** What a loader hands over, and the files it was made from. */
interface Loaded {
  readonly content: Uint8Array | string;
  readonly inputs: readonly string[];
}

/** Kinds of file that hold a column which can be left out, and the data set that settings name it by. */
const schemas: readonly {readonly family: string; readonly schema: SnapshotSchema}[] = [
  {family: "deals", schema: dealsSchema},
  {family: "deals", schema: allDealsSchema},
  {family: "positions", schema: positionsSchema},
  {family: "positions", schema: allPositionsSchema}
];

/**
 * What a loader hands over, without the columns that the chosen audience may not see. It stands between every loader
 * and its output, so that none can forget it. Without an audience nothing is changed.
 */
export async function forAudience(loaded: Loaded, settings?: Settings): Promise<Loaded> {
  if (settings === undefined && !process.env["TAPEBOOK_AUDIENCE"]) return loaded;
  const {audience, files} = settings ?? loadSettings();
  if (audience === undefined) return loaded;
  const inputs = [...new Set([...loaded.inputs, ...files])];
  if (typeof loaded.content === "string") return {content: loaded.content, inputs};
  return {content: await withoutColumns(loaded.content, audience.leaveOut), inputs};
}

/** The data sets of a catalogue that an audience's site speaks of. */
export function narrowCatalog(catalog: Catalog, {site, audience}: Settings): Catalog {
  if (audience === undefined) return catalog;
  const isSeen = ({instrument, account}: Catalog["datasets"][number]) =>
    account === undefined
      ? site.instruments.some(({id}) => id === instrument)
      : site.accounts.some(({id}) => id === account);
  return {...catalog, datasets: catalog.datasets.filter(isSeen)};
}

async function withoutColumns(content: Uint8Array, columns: readonly string[]): Promise<Uint8Array> {
  const buffer = content.slice().buffer;
  const notes = readMetadata(buffer);
  const found = schemas.find(({schema}) => schema.name === notes.get(metadataKeys.schema));
  if (found === undefined) return content;
  const {family, schema} = found;
  const leftOut = schema.columns.filter(({name}) => columns.includes(`${family}.${name}`)).map(({name}) => name);
  if (leftOut.length === 0) return content;
  const {columns: values} = await readColumns(buffer);
  const kept = Object.fromEntries(
    schema.columns.map((spec) => [
      spec.name,
      leftOut.includes(spec.name) ? blank(spec, values[spec.name]!) : held(spec, values[spec.name]!)
    ])
  );
  const own = Object.fromEntries([...notes].filter(([key]) => key !== metadataKeys.seal));
  const id = notes.get(metadataKeys.dataset) ?? "";
  return new Uint8Array(encodeParquet(schema, kept, {id, notes: {...own, [metadataKeys.leftOut]: leftOut.join(",")}}));
}

type Cells = ArrayLike<number | string | null>;

function held({optional}: ColumnSpec, values: Cells): ColumnValues {
  const isHole = (value: number | string | null) => value === null || (optional === true && Number.isNaN(value));
  return Array.from(values, (value) => (isHole(value) ? undefined : value)) as unknown as ColumnValues;
}

/** Nothing; but names that hold rows together become numbers, in the order in which they first occur. */
function blank({type}: ColumnSpec, values: Cells): ColumnValues {
  if (type !== "text") return Array.from(values, () => undefined);
  const numbers = new Map<number | string, string>();
  return Array.from(values, (value) => {
    if (value === null || value === "") return value ?? undefined;
    const number = numbers.get(value) ?? String(numbers.size + 1).padStart(7, "0");
    numbers.set(value, number);
    return number;
  }) as (string | undefined)[];
}
