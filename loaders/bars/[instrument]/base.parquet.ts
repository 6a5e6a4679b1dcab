import {loadFinestBars} from "../../shared/load-chart-bars.js";
import {runLoader} from "../../shared/run-loader.js";

await runLoader(import.meta.url, ["instrument"], ({instrument}) => loadFinestBars(instrument));
