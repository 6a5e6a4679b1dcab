import {loadVarianceDigest} from "../shared/load-digests.js";
import {runLoader} from "../shared/run-loader.js";

await runLoader(import.meta.url, ["instrument"], ({instrument}) => loadVarianceDigest(instrument));
