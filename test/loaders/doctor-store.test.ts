import {expect, it} from "vitest";
import {describeSnapshots, describeStore} from "../../loaders/shared/doctor/describe-store.js";

const noon = Date.UTC(2024, 0, 3, 12);
const store = {connected: true, waiting: 3, waitingSince: noon, journalBytes: 512, lastError: null};
const told = (changes: object) => describeStore({feeds: [], store: {...store, ...changes}});

it("the doctor says how a sidecar's store stands, and what would do", () => {
  expect(told({waiting: 0, waitingSince: null})).toEqual([
    {area: "sidecar", severity: "ok", what: "store is connected: 0 bars wait, 512 bytes of journal"}
  ]);
  expect(told({connected: false, lastError: "database: ECONNREFUSED"})).toMatchObject([
    {
      severity: "warning",
      what: "store: database: ECONNREFUSED (3 bars wait since 2024-01-03T12:00:00.000Z, 512 bytes of journal)",
      remedy: "see that the database of the source store runs"
    }
  ]);
  expect(told({lastError: "database: ECONNREFUSED", journalError: "journal: ENOSPC"})).toMatchObject([
    {what: expect.stringContaining("store: database: ECONNREFUSED; journal: ENOSPC (3 bars wait")}
  ]);
  expect(told({lastError: "journal: ENOSPC", journalError: "journal: ENOSPC"})).toMatchObject([
    {severity: "warning", remedy: "make room on the disk of the journal"}
  ]);
});

it("the doctor says nothing of a store where a sidecar has none", () => {
  expect(describeStore({feeds: []})).toEqual([]);
  expect(describeStore(undefined)).toEqual([]);
});

it("the doctor says what keeps a sidecar from taking its snapshots, and nothing where it takes none", () => {
  const snapshots = {takenTime: noon, failures: 0, lastError: null};
  expect(describeSnapshots({snapshots})).toEqual([
    {area: "sidecar", severity: "ok", what: "live snapshots: the last was taken at 2024-01-03T12:00:00.000Z"}
  ]);
  expect(describeSnapshots({snapshots: {takenTime: null, lastError: "snapshot of X:A: locked"}})).toMatchObject([
    {severity: "warning", what: "live snapshots: snapshot of X:A: locked (none was taken yet)"}
  ]);
  expect(describeSnapshots({feeds: []})).toEqual([]);
});
