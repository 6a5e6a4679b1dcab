import {loadCloses} from "../shared/load-closes.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, ["account"], ({account}) => loadCloses(account));
