import {SourceError} from "../../domain/source-error.js";

/**
 * Text from a file's bytes: UTF-16 or UTF-8 by its byte-order mark, else UTF-8 if the bytes are that, else the code
 * page (Windows-1252 unless the file says otherwise, as MT4's reports do by `charset=`).
 *
 * @param name the file, for messages
 * @throws {SourceError} SOURCE_BAD_DATA if the bytes are no text: NUL in them, or cut within a character
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const text = decode(bytes, name);
  const nul = text.indexOf("\0");
  if (nul >= 0) throw new SourceError("SOURCE_BAD_DATA", `${name}: not a text: NUL at character ${nul}`);
  return text;
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs("utf-16le", bytes, name);
  if (first === 0xfe && second === 0xff) return decodeAs("utf-16be", bytes, name);
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeAs("utf-8", bytes, name);
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return decodeAs(codePageOf(bytes), bytes, name);
  }
}

function decodeAs(encoding: string, bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes);
  } catch (cause) {
    throw new SourceError("SOURCE_BAD_DATA", `${name}: not ${encoding} text, or cut short`, {cause});
  }
}

/** The code page that an HTML head names, where it is a Windows one. */
function codePageOf(bytes: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048));
  const [, name = "windows-1252"] = /charset=["']?(windows-125\d)/i.exec(head) ?? [];
  return name.toLowerCase();
}
