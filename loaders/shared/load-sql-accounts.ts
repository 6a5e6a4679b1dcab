import {dealsId, positionsId} from "../../services/snapshots/dataset-id.js";
import {dealColumns} from "../../services/snapshots/deal-columns.js";
import {type ColumnValues, encodeParquet} from "../../services/snapshots/encode-parquet.js";
import {positionColumns} from "../../services/snapshots/position-columns.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {readPositions} from "../../services/snapshots/read-positions.js";
import type {SnapshotSchema} from "../../services/snapshots/schema.js";
import {openStore} from "../../services/snapshots/store.js";
import {loadSettings} from "../../services/sources/settings/load-settings.js";
import type {Settings} from "../../services/sources/settings/settings.js";
import {allDealsSchema, allPositionsSchema} from "./all-accounts-schemas.js";
import {dataDir} from "./data-dir.js";
import type {Loaded} from "./run-loader.js";

/** The deals of every account as one table, by alias. */
export function loadAllDeals(settings = loadSettings()): Promise<Loaded> {
  return loadAll(settings, {id: "sql/deals", of: dealsId, schema: allDealsSchema, read: readDeals}, dealColumns);
}

/** The open positions of every account as one table, by alias. */
export function loadAllPositions(settings = loadSettings()): Promise<Loaded> {
  const table = {id: "sql/positions", of: positionsId, schema: allPositionsSchema, read: readPositions};
  return loadAll(settings, table, positionColumns);
}

interface AccountTable<Row> {
  readonly id: string;
  readonly schema: SnapshotSchema;
  of(account: string): string;
  read(bytes: ArrayBuffer): Promise<readonly Row[]>;
}

async function loadAll<Row>(
  {site, files}: Settings,
  {id, schema, of, read}: AccountTable<Row>,
  toColumns: (rows: readonly Row[]) => Record<string, ColumnValues>
): Promise<Loaded> {
  const store = openStore(dataDir());
  const rows: Row[] = [];
  const account: string[] = [];
  for (const {id: alias} of site.accounts) {
    const own = await read((await store.read(of(alias))).bytes);
    for (const row of own) {
      rows.push(row);
      account.push(alias);
    }
  }
  const content = encodeParquet(schema, {account, ...toColumns(rows)}, {id});
  return {
    content: new Uint8Array(content),
    inputs: [...files, ...site.accounts.map(({id: alias}) => store.path(of(alias)))]
  };
}
