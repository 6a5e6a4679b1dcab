import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parquetMetadata, parquetReadObjects} from "hyparquet";
import {compressors} from "hyparquet-compressors";
import {globSync} from "tinyglobby";

/** All that a built site says, as one text: its files as they are, and its Parquet decoded, notes and rows. */
export async function publishedText(dir: string): Promise<string> {
  const files = globSync("**/*", {cwd: dir});
  const texts = await Promise.all(
    files.map(async (path) => {
      const bytes = readFileSync(join(dir, path));
      return `${path}\n${path.endsWith(".parquet") ? await parquetText(bytes) : bytes.toString("latin1")}`;
    })
  );
  return texts.join("\n");
}

async function parquetText(bytes: Buffer): Promise<string> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  const {key_value_metadata} = parquetMetadata(file);
  return JSON.stringify([key_value_metadata, await parquetReadObjects({file, compressors})], plain);
}
