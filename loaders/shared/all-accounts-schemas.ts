import {type ColumnSpec, dealsSchema, positionsSchema, type SnapshotSchema} from "../../services/snapshots/schema.js";

const account: ColumnSpec = {name: "account", type: "text", unit: "alias"};

/** Deals of all accounts in one table, for SQL. Money is in minor units, as it is owed. */
export const allDealsSchema: SnapshotSchema = {name: "all-deals/1", columns: [account, ...dealsSchema.columns]};

/** Open positions of all accounts in one table, for SQL. Money is in minor units, as it is owed. */
export const allPositionsSchema: SnapshotSchema = {
  name: "all-positions/1",
  columns: [account, ...positionsSchema.columns]
};
