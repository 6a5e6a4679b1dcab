import fc from "fast-check";
import {expect, it} from "vitest";
import {crc32} from "../../services/snapshots/crc32.js";
import {encodeBars} from "../../services/snapshots/encode-bars.js";
import {encodeDeals} from "../../services/snapshots/encode-deals.js";
import {readBars} from "../../services/snapshots/read-bars.js";
import {readColumns} from "../../services/snapshots/read-columns.js";
import {readDeals} from "../../services/snapshots/read-deals.js";
import {checkSeal} from "../../services/snapshots/seal.js";
import {sampleBars, sampleDataset, sampleDeals} from "./samples.js";

const verify = process.env["TAPEBOOK_VERIFY"] !== undefined;
const lineage = sampleDataset({warnings: ["a warning that says tapebook.crc32 itself"]});
const files = [
  {name: "bars", file: encodeBars(sampleBars(300), {id: lineage.id, lineage}), read: readBars},
  {name: "deals", file: encodeDeals(sampleDeals, {id: "deals/alpha", lineage}), read: readDeals}
] as const;

it("CRC-32 is that of the standard, in one piece or several", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crc32(bytes)).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 100, size: "max"}), fc.nat(100), (data, cut) => {
      let slow = 0xffffffff;
      for (const byte of data) {
        slow ^= byte;
        for (let bit = 0; bit < 8; ++bit) slow = slow & 1 ? (slow >>> 1) ^ 0xedb88320 : slow >>> 1;
      }
      expect(crc32(data)).toBe(~slow >>> 0);
      expect(crc32(data.subarray(cut), crc32(data.subarray(0, cut)))).toBe(crc32(data));
    }),
    {seed: 8, numRuns: 500}
  );
});

it.each(files)("of a file of $name a change of any one byte is found", async ({file, read}) => {
  expect(checkSeal(file)).toBe("whole");
  const bytes = new Uint8Array(file.slice(0));
  for (let at = 0; at < bytes.length; at += verify ? 1 : 7) {
    bytes[at]! ^= 1 << (at % 8);
    const error: unknown = await read(bytes.buffer).then(
      () => "read as if whole",
      (caught: unknown) => caught
    );
    expect([at, (error as {code?: string}).code]).toEqual([at, "SNAPSHOT_DAMAGED"]);
    bytes[at]! ^= 1 << (at % 8);
  }
});

it.each(files)("of a file of $name any changes at all are found", async ({file, read}) => {
  const change = fc.record({at: fc.nat(file.byteLength - 1), to: fc.nat(255)});
  await fc.assert(
    fc.asyncProperty(fc.array(change, {minLength: 1, maxLength: 12, size: "max"}), async (changes) => {
      const bytes = new Uint8Array(file.slice(0));
      for (const {at, to} of changes) bytes[at] = to;
      const isSame = bytes.every((byte, i) => byte === new Uint8Array(file)[i]);
      const outcome = await read(bytes.buffer).then(
        () => "read",
        (error: {code?: string}) => error.code
      );
      // with the seal's own name and the schema's changed as well, it is a file of another kind
      expect(isSame ? ["read"] : ["SNAPSHOT_DAMAGED", "SNAPSHOT_SCHEMA"]).toContain(outcome);
    }),
    {seed: 9, numRuns: verify ? 20_000 : 300}
  );
});

it("a sealed file is checked by whoever reads columns of it", async () => {
  const bytes = new Uint8Array(files[0].file.slice(0));
  bytes[500]! ^= 4;
  await expect(readColumns(bytes.buffer)).rejects.toThrow(
    "not a whole Parquet file: its bytes are not those that were written"
  );
});
