import {textOf} from "../../services/domain/text-of.js";
/** Why a statement failed, and where in its text. */
export interface QueryFault {
  /** DuckDB's own words, without its picture of the place. */
  readonly message: string;
  readonly place?: QueryPlace;
}

/** A place in a text of several lines; lines and columns count from 1. */
export interface QueryPlace {
  readonly line: number;
  readonly column: number;
  /** Characters before it in the whole text. */
  readonly offset: number;
  /** The line it is in. */
  readonly text: string;
}

const picture = /\s*\nLINE (\d+): (.*)\n( *)\^\s*$/;

/**
 * Reads the place out of DuckDB's message, which ends in `LINE 2: …` and a line with a caret below the fault. DuckDB
 * cuts long lines and puts `...` where it cut, so the piece is looked up in the line itself.
 */
export function queryFault(error: unknown, text: string): QueryFault {
  const whole = textOf(error);
  const match = picture.exec(whole);
  if (match === null) return {message: whole.trim()};
  const message = whole.slice(0, match.index).trim();
  const place = placeOf(text, Number(match[1]), match[2]!, match[3]!.length - `LINE ${match[1]}: `.length);
  return place === undefined ? {message} : {message, place};
}

function placeOf(text: string, line: number, shown: string, caret: number): QueryPlace | undefined {
  const lines = text.split("\n");
  const whole = lines[line - 1];
  if (whole === undefined) return undefined;
  const cut = shown.startsWith("...") && !whole.startsWith("...") ? 3 : 0;
  const piece = shown.slice(cut, shown.endsWith("...") && !whole.endsWith("...") ? -3 : undefined);
  const at = whole.indexOf(piece.trim() === "" ? whole : piece);
  const index = Math.min(Math.max(0, at + caret - cut), whole.length);
  if (at < 0) return undefined;
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return {line, column: index + 1, offset: before + index, text: whole};
}
