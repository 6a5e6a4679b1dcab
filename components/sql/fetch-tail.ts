import type {ReadTail} from "./table-schema.js";

/**
 * Reads the end of a file of the site by a range request. It asks for the first bytes, to learn the length: some servers
 * take a range that counts from the end for one that counts from the start. One that knows no ranges gives all of it.
 *
 * Nothing of it is cached: where a server compresses a whole file on the way, Chromium would answer DuckDB's ranges out
 * of the compressed bytes.
 *
 * @throws {Error} naming the address and the status if the server has no such file
 */
export function fetchTail(url: string, get: typeof fetch = (...request) => fetch(...request)): ReadTail {
  const read = async (start: number, end: number) => {
    const response = await get(url, {headers: {range: `bytes=${start}-${end}`}, cache: "no-store"});
    if (!response.ok) throw new Error(`unable to fetch ${url}: status ${response.status}`);
    return {bytes: await response.arrayBuffer(), length: lengthOf(response)};
  };
  return async (bytes) => {
    const first = await read(0, 7);
    if (first.length === undefined) return first.bytes.slice(-bytes);
    return (await read(Math.max(0, first.length - bytes), first.length - 1)).bytes;
  };
}

/** The whole file's length, of an answer that holds a part of it. */
function lengthOf({status, headers}: Response): number | undefined {
  const [, total] = /\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  return status === 206 && total !== undefined ? Number(total) : undefined;
}
