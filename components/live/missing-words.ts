import type {Formats} from "../format/create-formats.js";
import type {ClientState} from "./client-state.js";

const NAMED_MOST = 4;

/** What of its topics a page does not have, in words; `undefined` where nothing is missing. */
export function missingWords(
  {incomplete, leftOut}: Pick<ClientState, "incomplete" | "leftOut">,
  format: Formats
): string | undefined {
  const of = (kind: "bar" | "signal" | "tick") =>
    incomplete.filter((topic) => topic.startsWith(`${kind}:`)).map((topic) => topic.slice(kind.length + 1));
  const [bars, signals, ticks] = [of("bar"), of("signal"), of("tick")];
  const parts = [
    bars.length === 0
      ? undefined
      : `bars of ${listOf(bars.map(withoutTimeframe))} may be missing and are asked for again`,
    signals.length === 0 ? undefined : `signals of ${listOf(signals)} may be missing and are asked for again`,
    ticks.length === 0 ? undefined : `ticks of ${listOf(ticks)} were missed while the line was down`,
    leftOut === 0
      ? undefined
      : `${format.count(leftOut)} ${leftOut === 1 ? "tick" : "ticks"} left out: this page read too slowly`
  ];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join("; ");
}

function withoutTimeframe(name: string): string {
  return name.slice(0, name.lastIndexOf(":"));
}

function listOf(names: readonly string[]): string {
  const more = names.length - NAMED_MOST;
  return `${names.slice(0, NAMED_MOST).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
