import {SourceError} from "../domain/source-error.js";

/**
 * A reply's body as text, read no further than allowed.
 *
 * @param where what is being read, for messages
 * @throws {SourceError} SOURCE_BAD_DATA if it is longer than *maxBytes* or not UTF-8
 */
export async function readBody(response: Response, maxBytes: number, where: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel();
      throw new SourceError("SOURCE_BAD_DATA", `${where}: reply longer than ${maxBytes} bytes`);
    }
    chunks.push(next.value);
  }
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new SourceError("SOURCE_BAD_DATA", `${where}: reply is not UTF-8`, {cause});
  }
}
