import {loadBars} from "../../shared/load-snapshot.js";
import {runLoader} from "../../shared/run-loader.js";

await runLoader(import.meta.url, ["instrument", "timeframe"], ({instrument, timeframe}) =>
  loadBars(instrument, timeframe)
);
