import {parseCsvBars} from "../../../services/sources/files/csv-bars.js";
import {parseMt5Bars} from "../../../services/sources/files/mt5-bars.js";
import {createClock} from "../../../services/sources/mt5/clock.js";
import type {CsvSettings} from "../../../services/sources/settings/source-settings.js";

export const clock = createClock({zone: "America/New_York", offsetHours: 7});
export const rows = [
  "2024.01.02\t10:00:00\t1.0950\t1.0955\t1.0948\t1.0952\t120\t0\t3",
  "2024.01.02\t10:01:00\t1.0952\t1.0953\t1.0950\t1.0950\t80\t0\t2",
  ""
];
export const exported = ["<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>", ...rows].join(
  "\r\n"
);
export const mt5 = (text: string) => parseMt5Bars({name: "b.csv", text}, clock);

export const csv = (settings: Partial<CsvSettings>): CsvSettings => ({
  kind: "csv",
  folder: {value: ""},
  files: "*",
  clock: {zone: "UTC", offsetHours: 0},
  header: true,
  columns: {time: "when", open: "o", high: "h", low: "l", close: "c", volume: "v"},
  separator: ",",
  priceDivisor: 1,
  ...settings
});
export const csvBars = (text: string, settings: Partial<CsvSettings> = {}, name = "c.csv") => {
  const all = csv(settings);
  return parseCsvBars({name, text}, all, createClock(all.clock)).bars;
};
