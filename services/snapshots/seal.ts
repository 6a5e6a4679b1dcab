import {crc32} from "./crc32.js";
import {metadataKeys} from "./schema.js";

/** What stands in the place of the seal while it is reckoned. */
export const blankSeal = "00000000";

const key = new TextEncoder().encode(metadataKeys.seal);
const blank = new TextEncoder().encode(blankSeal);
const thriftText = [0x18, blankSeal.length] as const; // how the Parquet footer writes a text of that length

/** Whether a file's bytes are those that were sealed: they are, they are not, or it bears no seal. */
export function checkSeal(buffer: ArrayBuffer): "whole" | "broken" | "none" {
  const bytes = new Uint8Array(buffer);
  const at = findSeal(bytes);
  if (at === undefined) return "none";
  return new TextDecoder().decode(bytes.subarray(at, at + blank.length)) === reckon(bytes, at) ? "whole" : "broken";
}

/**
 * Seals a file in place: writes the CRC-32 of all its bytes, the seal's own taken as zeros, into the note that was left
 * blank for it. Any change to any byte is then found without reading a page, in a browser too.
 *
 * @throws {RangeError} if the file has no such note
 */
export function applySeal(buffer: ArrayBuffer): void {
  const bytes = new Uint8Array(buffer);
  const at = findSeal(bytes);
  if (at === undefined) throw new RangeError("no place for a seal");
  bytes.set(new TextEncoder().encode(reckon(bytes, at)), at);
}

function reckon(bytes: Uint8Array, at: number): string {
  const before = crc32(bytes.subarray(0, at));
  return crc32(bytes.subarray(at + blank.length), crc32(blank, before))
    .toString(16)
    .padStart(blank.length, "0");
}

/** Where the seal's digits begin: after the last mention of its key that a text of eight letters follows. */
function findSeal(bytes: Uint8Array): number | undefined {
  const footerBytes = bytes.length < 8 ? 0 : new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const first = Math.max(0, bytes.length - 8 - footerBytes);
  for (let at = bytes.length - 8 - blank.length - 2 - key.length; at >= first; --at)
    if (key.every((byte, i) => bytes[at + i] === byte)) {
      const [type, length] = [bytes[at + key.length], bytes[at + key.length + 1]];
      if (type === thriftText[0] && length === thriftText[1]) return at + key.length + 2;
    }
  return undefined;
}
