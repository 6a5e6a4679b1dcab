import {spawn} from "node:child_process";
import {once} from "node:events";
import {createServer} from "node:net";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {lockAddress, lockStore} from "../../services/snapshots/store-lock.js";
import {useStores} from "./store-root.js";

const {newRoot, openWriter} = useStores();

describe("the lock", () => {
  it("lets one writer in and names it to the next", async () => {
    const root = await newRoot();
    const writer = await openWriter(root);
    await expect(openStoreForWriting(root)).rejects.toThrow(`(process ${process.pid}): wait for it to end, or stop it`);
    await writer.close();
    await expect(openWriter(root)).resolves.toBeDefined();
  });

  it("is one lock for every name of a folder, and another for another folder", async () => {
    const [a, b] = [await newRoot(), await newRoot()];
    const lock = await lockStore(a);
    await expect(lockStore(join(a, "..", a.split("/").at(-1)!, "."))).rejects.toMatchObject({code: "SNAPSHOT_LOCKED"});
    await (await lockStore(b)).release();
    await lock.release();
  });

  it("where it is a socket file, one that outlived its process is no lock", async () => {
    const root = await newRoot();
    const address = (path: string) => join(root, lockAddress(path, "darwin").split("/").at(-1)!);
    const held = await lockStore(root, address);
    await expect(lockStore(root, address)).rejects.toMatchObject({code: "SNAPSHOT_LOCKED"});
    await held.release();
    const orphan = spawn(process.execPath, [
      "-e",
      `require("net").createServer().listen(${JSON.stringify(address(root))}, () => console.log("up"))`
    ]);
    await once(orphan.stdout, "data");
    orphan.kill("SIGKILL");
    await once(orphan, "exit");
    await (await lockStore(root, address)).release();
  });

  it("a holder that does not answer still holds", async () => {
    const root = await newRoot();
    const address = join(root, "mute.sock");
    const mute = createServer().listen(address);
    await once(mute, "listening");
    await expect(lockStore(root, () => address)).rejects.toThrow("process unknown");
    await new Promise((resolve) => mute.close(resolve));
  });
});
