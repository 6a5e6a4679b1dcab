import {readFile, rm, stat, truncate, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {applySeal} from "../../services/snapshots/seal.js";
import {openStore} from "../../services/snapshots/store.js";
import {listFiles, sha256, writeWhole} from "../../services/snapshots/store-files.js";
import {sampleBars, sampleDataset} from "./samples.js";
import {useStores} from "./store-root.js";

const id = "bars/MT5-EURUSD/1m";
const {newRoot, openWriter} = useStores();

function encodeSample(rows: number, as = id): ArrayBuffer {
  return encodeBars(sampleBars(rows), {id: as, lineage: sampleDataset({id: as, rows})});
}

describe("the store", () => {
  it("gives back what was written, with its lineage and SHA-256", async () => {
    const root = await newRoot();
    const writer = await openWriter(root);
    const written = await writer.write(id, encodeSample(10));
    const {bytes, dataset} = await openStore(root).read(id);
    expect(dataset).toEqual(written);
    expect(dataset).toMatchObject({
      id,
      rows: 10,
      bytes: bytes.byteLength,
      sha256: sha256(await readFile(join(root, `${id}.parquet`)))
    });
    expect((await readBars(bytes)).length).toBe(10);
    expect((await openStore(root).catalog()).datasets).toEqual([dataset]);
  });

  it("says what to run where there is no such data set", async () => {
    const store = openStore(await newRoot());
    await expect(store.read(id)).rejects.toThrow(/no snapshot of bars\/MT5-EURUSD\/1m in .*: run: npm run snapshot/);
    expect(await store.catalog()).toEqual({version: 1, datasets: []});
  });

  it.each(["../x/y", "bars/../../etc", "/etc/passwd", "bars", "bars/.hidden/1m", "a/b/c/d", "bars/x y"])(
    "refuses the id %s",
    async (bad) => {
      await expect(openStore(await newRoot()).read(bad)).rejects.toThrow(`invalid data set id: ${bad}`);
    }
  );

  it("refuses bytes whose pages cannot be read, though their seal fits, and keeps what stands", async () => {
    const root = await newRoot();
    const writer = await openWriter(root);
    await writer.write(id, encodeSample(10));
    const broken = encodeSample(20);
    new Uint8Array(broken).fill(0x80, 8, 40); // within the first column's pages
    applySeal(broken);
    await expect(writer.write(id, broken)).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
    expect((await openStore(root).read(id)).dataset.rows).toBe(10);
  });

  it("refuses bytes that are not a snapshot of that id, and keeps what stands", async () => {
    const root = await newRoot();
    const writer = await openWriter(root);
    await writer.write(id, encodeSample(10));
    await expect(writer.write(id, encodeSample(10, "bars/MT5-GBPUSD/1m"))).rejects.toThrow(
      "the file says it is bars/MT5-GBPUSD/1m"
    );
    await expect(writer.write(id, encodeSample(20).slice(0, -20))).rejects.toThrow("not a whole Parquet file");
    expect((await openStore(root).read(id)).dataset.rows).toBe(10);
  });

  it("lets many writes of one process run at once", async () => {
    const root = await newRoot();
    const writer = await openWriter(root);
    const ids = Array.from({length: 20}, (_, i) => `bars/X-${i}/1m`);
    await Promise.all(ids.map((each, i) => writer.write(each, encodeSample(i + 1, each))));
    expect((await openStore(root).catalog()).datasets.map((dataset) => dataset.id)).toEqual([...ids].sort());
  });

  it("leaves the old file and no litter when the new one cannot be written", async () => {
    const root = await newRoot();
    const path = join(root, "folder");
    await writeWhole(join(path, "inside"), "x");
    await expect(writeWhole(path, "a file cannot replace a folder")).rejects.toThrow();
    expect(await listFiles(root)).toEqual(["folder/inside"]);
  });
});

describe("healing", () => {
  it("a crash between file and catalogue is mended from the file's own lineage", async () => {
    const root = await newRoot();
    const first = await openWriter(root);
    await first.write(id, encodeSample(10));
    await first.close();
    await writeWhole(join(root, `${id}.parquet`), new Uint8Array(encodeSample(11)));
    expect((await openStore(root).read(id)).dataset.rows).toBe(11);
    const second = await openWriter(root);
    expect(second.healed).toEqual([`${id}: entered in the catalogue from its file`]);
    const {datasets} = await openStore(root).catalog();
    expect(datasets.map(({rows}) => rows)).toEqual([11]);
  });

  it.each(["", "{", '{"version":2,"datasets":[]}', '{"version":1,"datasets":[{"id":"../../x"}]}'])(
    "a catalogue of %j is made anew",
    async (text) => {
      const root = await newRoot();
      const first = await openWriter(root);
      await first.write(id, encodeSample(10));
      await first.close();
      const good = await readFile(join(root, "catalog.json"), "utf8");
      await writeFile(join(root, "catalog.json"), text);
      await expect(openStore(root).catalog()).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
      const second = await openWriter(root);
      expect(second.healed).toEqual(["catalog.json could not be read: made anew from the files"]);
      expect(await readFile(join(root, "catalog.json"), "utf8")).toBe(good);
    }
  );

  it("an entry whose file is gone is dropped, and leftovers are removed", async () => {
    const root = await newRoot();
    const first = await openWriter(root);
    await first.write(id, encodeSample(10));
    await first.close();
    await rm(join(root, `${id}.parquet`));
    await writeFile(join(root, "bars/MT5-EURUSD/.1m.parquet.4711-3.tmp"), "half a fi");
    const second = await openWriter(root);
    expect(second.healed).toEqual([
      "removed bars/MT5-EURUSD/.1m.parquet.4711-3.tmp, left by a job that was stopped",
      `${id}: its file is gone; dropped from the catalogue`
    ]);
    expect(await listFiles(root)).toEqual(["catalog.json"]);
  });

  it("a file whose bytes changed is refused wherever the change is, and stays until it is replaced", async () => {
    const root = await newRoot();
    const first = await openWriter(root);
    await first.write(id, encodeSample(50));
    await first.close();
    const path = join(root, `${id}.parquet`);
    const whole = await readFile(path);
    for (let at = 0; at < whole.length; at += 211) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 0x10;
      await writeFile(path, bytes);
      await expect(openStore(root).read(id), `byte ${at}`).rejects.toMatchObject({code: "SNAPSHOT_DAMAGED"});
    }
    await truncate(path, 100);
    const second = await openWriter(root);
    expect([...second.damaged.keys()]).toEqual([id]);
    expect((await stat(path)).size).toBe(100);
    await second.write(id, encodeSample(51));
    expect((await openStore(root).read(id)).dataset.rows).toBe(51);
  });

  it("opening a sound store changes no byte", async () => {
    const root = await newRoot();
    const first = await openWriter(root);
    await first.write(id, encodeSample(10));
    await first.close();
    const before = await stat(join(root, "catalog.json"));
    const second = await openWriter(root);
    expect(second.healed).toEqual([]);
    expect((await stat(join(root, "catalog.json"))).mtimeMs).toBe(before.mtimeMs);
  });
});
