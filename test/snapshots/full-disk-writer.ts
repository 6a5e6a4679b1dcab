// Writes one version of a data set to a store whose files may not grow beyond the limit that its shell set.
import {openStoreForWriting} from "../../services/snapshots/store.js";
import {encodeFull, fullId} from "./full-disk-versions.js";

const store = await openStoreForWriting(process.argv[2]!);
try {
  await store.write(fullId, encodeFull(Number(process.argv[3])));
  process.stdout.write("written");
} catch (error) {
  process.stdout.write((error as NodeJS.ErrnoException).code ?? String(error));
} finally {
  await store.close();
}
