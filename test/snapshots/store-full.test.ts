import {spawnSync} from "node:child_process";
import {expect, it} from "vitest";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {listFiles} from "../../services/snapshots/store-files.js";
import {encodeFull, fullId} from "./full-disk-versions.js";
import {useStores} from "./store-root.js";

const {newRoot} = useStores();

/** What a writer comes to whose files may hold so many KiB: its shell's limit ends a write as a full disk does. */
function write(root: string, version: number, limitKiB: number | "unlimited"): string {
  const program = [process.execPath, "--import", "tsx", "test/snapshots/full-disk-writer.ts", root, `${version}`];
  const {stdout, stderr} = spawnSync("bash", ["-c", `ulimit -f ${limitKiB}; exec "$@"`, "bash", ...program], {
    encoding: "utf8",
    env: {...process.env, TSX_DISABLE_CACHE: "1"}
  });
  return stdout || stderr;
}

it.skipIf(process.platform === "win32")(
  "a write that ends at the first KiB, half way or at the last leaves the file that stood, and nothing beside it",
  async () => {
    const root = await newRoot();
    expect(write(root, 1, "unlimited")).toBe("written");
    const stood = await listFiles(root);
    const sizeKiB = Math.floor(encodeFull(2).byteLength / 1024);
    expect(sizeKiB).toBeGreaterThan(50);
    for (const limitKiB of [1, sizeKiB >> 1, sizeKiB]) {
      expect([limitKiB, write(root, 2, limitKiB)]).toEqual([limitKiB, "EFBIG"]);
      const {bytes, dataset} = await openStore(root).read(fullId);
      expect([(await readBars(bytes)).volume[0], dataset.durationMs]).toEqual([1, 1]);
      expect(await listFiles(root)).toEqual(stood);
    }
    expect(write(root, 2, "unlimited")).toBe("written");
    expect((await readBars((await openStore(root).read(fullId)).bytes)).volume[0]).toBe(2);
  },
  60_000
);
