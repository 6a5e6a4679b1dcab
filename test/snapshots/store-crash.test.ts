import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {describe, expect, it} from "vitest";
import {readBars} from "../../services/snapshots/read-bars.js";
import {openStore} from "../../services/snapshots/store.js";
import {listFiles, sha256} from "../../services/snapshots/store-files.js";
import {encodeVersion, versionIds} from "./crash-versions.js";
import {useStores} from "./store-root.js";

const {newRoot, openWriter} = useStores();

describe("a writer killed at any moment", () => {
  const kills = process.env["TAPEBOOK_VERIFY"] ? 50 : 4;

  it(
    `leaves every file whole and every version in order, ${kills} times over`,
    async () => {
      const root = await newRoot();
      let seed = 7;
      const random = () => {
        seed = (seed * 48271) % 2147483647;
        return seed / 2147483647;
      };
      const held = new Map<string, number>();
      for (let kill = 0; kill < kills; ++kill) {
        const child = spawn(process.execPath, ["--import", "tsx", "test/snapshots/crash-writer.ts", root], {
          stdio: ["ignore", "pipe", "pipe"]
        });
        const complaints = collect(child);
        await Promise.race([
          once(child.stdout!, "data"),
          once(child, "exit").then(() => Promise.reject(new Error(complaints())))
        ]);
        await new Promise((resolve) => setTimeout(resolve, random() * 120));
        child.kill("SIGKILL");
        await once(child, "exit");
        for (const each of versionIds) await expectWhole(root, each, held);
      }
      const writer = await openWriter(root);
      expect([...writer.damaged]).toEqual([]);
      const files = (await listFiles(root)).filter((file) => file.endsWith(".parquet"));
      expect((await openStore(root).catalog()).datasets.map((dataset) => `${dataset.id}.parquet`)).toEqual(files);
      expect((await listFiles(root)).filter((file) => file.endsWith(".tmp"))).toEqual([]);
    },
    kills * 5_000
  );

  async function expectWhole(root: string, each: string, held: Map<string, number>) {
    const stored = await openStore(root)
      .read(each)
      .catch((error: {code?: string}) => error.code);
    if (stored === "SNAPSHOT_MISSING" && !held.has(each)) return;
    if (typeof stored !== "object") throw new Error(`${each}: ${stored}`);
    const version = (await readBars(stored.bytes)).volume[0]!;
    expect(sha256(stored.bytes)).toBe(sha256(encodeVersion(each, version)));
    expect(stored.dataset).toMatchObject({id: each, durationMs: version});
    held.set(each, version);
  }

  function collect(child: ChildProcess): () => string {
    let text = "";
    child.stderr!.on("data", (chunk) => {
      text += chunk;
    });
    return () => text;
  }
});
