import {createStructureBreaks, structureBreaks} from "../../../services/analytics/structure/structure-breaks.js";
import {createSwings, swings} from "../../../services/analytics/structure/swings.js";
import {describeDetector} from "../../detector-contract.js";

describeDetector({
  name: "swings",
  batch: (bars) => swings(bars),
  stream: () => createSwings(),
  opposite: {"swing-high": "swing-low", "swing-low": "swing-high"},
  measures: {reversal: "distance", atr: "distance", k: "number"}
});

describeDetector({
  name: "swings of one range over five bars",
  batch: (bars) => swings(bars, {k: 1, period: 5}),
  stream: () => createSwings({k: 1, period: 5}),
  opposite: {"swing-high": "swing-low", "swing-low": "swing-high"},
  measures: {reversal: "distance", atr: "distance", k: "number"}
});

describeDetector({
  name: "structureBreaks",
  batch: (bars) => structureBreaks(bars, {k: 1, period: 5}),
  stream: () => createStructureBreaks({k: 1, period: 5}),
  opposite: {"bos-up": "bos-down", "bos-down": "bos-up", "choch-up": "choch-down", "choch-down": "choch-up"},
  measures: {close: "price", level: "price", levelTime: "time"}
});
