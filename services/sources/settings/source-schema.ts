import {z} from "zod";
import {address, clock, flag, positive, text, timeframe, zone} from "./fields.js";
import {referenceSchema, secretSchema} from "./reference.js";
import type {CsvColumn, CsvSettings, SourceSettings} from "./source-settings.js";
import {strict} from "./strict.js";

const http = referenceSchema(address(["http:", "https:"]), "must be an http address or {env: NAME, default: address}");
const socket = referenceSchema(address(["ws:", "wss:"]), "must be a ws address or {env: NAME, default: address}");
const folder = referenceSchema(text("must be a folder"), "must be a folder or {env: NAME}");
const glob = text("must be a file pattern, as *.csv");

const bridge = strict({
  kind: z.literal("mt5-bridge"),
  url: http,
  token: secretSchema.optional(),
  clock
});

const kite = strict({
  kind: z.literal("kite"),
  url: http.default({env: "KITE_API_URL", default: "https://api.kite.trade"}),
  socketUrl: socket.default({env: "KITE_WS_URL", default: "wss://ws.kite.trade"}),
  apiKey: secretSchema.default({env: "KITE_API_KEY"}),
  accessToken: secretSchema.default({env: "KITE_ACCESS_TOKEN"})
});

const postgres = strict({kind: z.literal("postgres"), url: secretSchema});

const tape = strict({
  kind: z.literal("tape"),
  file: referenceSchema(text("must be a file"), "must be a file or {env: NAME}"),
  speed: positive("must be how many times as fast as it was recorded, as 60").default(1)
});

const files = strict({
  kind: z.literal("mt5-files"),
  folder,
  clock,
  bars: glob.default("{symbol}_{timeframe}{_,.,-}*"),
  ticks: glob.default("{symbol}_[0-9]*"),
  reports: glob.default("*.{html,htm}")
});

const columnNames = ["time", "timeOfDayMs", "open", "high", "low", "close", "volume", "bid", "ask", "price"] as const;
const columnRemedy = `must be a column, one of ${columnNames.join(", ")}, or "-" to ignore it`;
const column = z.enum([...columnNames, "-"], {error: columnRemedy});
const headerName = text("must be the name of a column in the file's header");
const namedColumns = strict(
  Object.fromEntries(columnNames.map((name) => [name, headerName.optional()])) as Record<
    (typeof columnNames)[number],
    z.ZodOptional<typeof headerName>
  >
);

const csv = strict({
  kind: z.literal("csv"),
  folder,
  files: glob,
  zone: zone.optional(),
  clock: clock.optional(),
  header: flag.default(true),
  columns: z.union([z.array(column).min(2), namedColumns], {
    error: "must be a list of columns by position, or a mapping of columns to names in the header"
  }),
  separator: z.enum([",", ";", "\t", "|"], {error: 'must be one of "," ";" "|" or a tab'}).default(","),
  priceDivisor: positive().default(1),
  date: text("must be a pattern with a group, as (\\d{8})")
    .refine(isDatePattern, {
      error: "must be a regular expression with one group that holds the date"
    })
    .optional(),
  timeframe: timeframe.optional()
});

function isDatePattern(pattern: string): boolean {
  try {
    return (new RegExp(`${pattern}|`).exec("")?.length ?? 0) >= 2 && pattern.length < 200;
  } catch {
    return false;
  }
}

/** What stands under a name in `sources`, by its `kind`. */
export const sourceSchema = z.discriminatedUnion("kind", [bridge, kite, postgres, tape, files, csv], {
  error: ({code}) => (code === "invalid_union" ? kindRemedy : `must be a mapping with ${kindRemedy}`)
});

const kindRemedy = "kind: mt5-bridge, kite, postgres, tape, mt5-files or csv";

/** A source as parsed, with a CSV file's zone as a clock. */
export function toSourceSettings(source: z.output<typeof sourceSchema>): SourceSettings {
  if (source.kind === "mt5-bridge") {
    const {token, ...rest} = source;
    return token === undefined ? rest : {...rest, token};
  }
  return source.kind === "csv" ? toCsvSettings(source) : source;
}

function toCsvSettings({zone, clock, date, timeframe, columns, ...rest}: z.output<typeof csv>): CsvSettings {
  const named = Array.isArray(columns) ? columns : (columns as Partial<Record<CsvColumn, string>>);
  return {
    ...rest,
    columns: named,
    clock: clock ?? {zone: zone ?? "UTC", offsetHours: 0},
    ...(date === undefined ? {} : {date}),
    ...(timeframe === undefined ? {} : {timeframe})
  };
}
