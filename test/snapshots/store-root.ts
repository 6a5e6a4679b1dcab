import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach} from "vitest";
import {openStoreForWriting, type SnapshotWriter} from "../../services/snapshots/store.js";

/** Stores in folders of their own, closed and removed after each test of the file that calls this. */
export function useStores() {
  const roots: string[] = [];
  const writers: SnapshotWriter[] = [];
  afterEach(async () => {
    await Promise.all(writers.splice(0).map((writer) => writer.close()));
    await Promise.all(roots.splice(0).map((root) => rm(root, {recursive: true, force: true})));
  });
  return {
    async newRoot(): Promise<string> {
      const root = await mkdtemp(join(tmpdir(), "tapebook-store-"));
      roots.push(root);
      return root;
    },
    async openWriter(root: string): Promise<SnapshotWriter> {
      const writer = await openStoreForWriting(root);
      writers.push(writer);
      return writer;
    }
  };
}
