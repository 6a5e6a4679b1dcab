import {positionsId} from "../../services/snapshots/dataset-id.js";
import {loadAccountFile} from "../shared/load-snapshot.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, ["account"], ({account}) => loadAccountFile(account, positionsId));
