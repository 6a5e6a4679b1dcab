// Writes versions of three data sets to a store as fast as it can, until it is killed.
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {encodeVersion, versionIds} from "./crash-versions.js";

const store = await openStoreForWriting(process.argv[2]!);
for (const line of store.healed) process.stderr.write(`${line}\n`);
if (store.damaged.size > 0) throw new Error(`damaged: ${[...store.damaged]}`);
process.stdout.write("ready\n");
for (let version = 1; ; ++version)
  await Promise.all(versionIds.map((id) => store.write(id, encodeVersion(id, version))));
