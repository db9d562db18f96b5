import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { csvRecords } from "../csv/csv-records.ts";
import { decodeText } from "./text-decoder.ts";

type Row = readonly [encoding: string, base64: string, outcome: { values: unknown[]; failed: boolean }];
// The types are those of make-decoders.py, which made the table by running the reference.
const table = JSON.parse(readFileSync(new URL("../../../../test/tables/decoders.json", import.meta.url), "utf8")) as {
  encodings: readonly Row[];
};

async function* parts(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function outcome(bytes: AsyncIterable<Uint8Array>, encoding: string): Promise<Row[2]> {
  const values: unknown[] = [];
  try {
    for await (const records of csvRecords(decodeText(bytes, encoding), ",")) values.push(...records);
    return { values, failed: false };
  } catch {
    return { values, failed: true };
  }
}

describe("as Python's codecs", () => {
  test.each(table.encodings)("%s %s", async (encoding, base64, expected) => {
    const bytes = Buffer.from(base64, "base64");
    for (const size of [1, 3, 1000]) {
      const found = await outcome(parts(bytes, size), encoding);
      // How many rows come before a fault depends on the size of the parts.
      expect(found).toEqual(expected.failed ? { ...expected, values: found.values } : expected);
    }
  });
});

test.each([
  ["utf-16", Buffer.from("61003100", "hex"), "a1", "little-endian without a mark"],
  ["utf-8", Buffer.from("efbbbf61", "hex"), "\ufeffa", "a mark stays"],
])("%s", async (encoding, bytes, text) => {
  let found = "";
  for await (const part of decodeText(parts(bytes, 1), encoding)) found += part;
  expect(found).toBe(text);
});

test("an unknown encoding is a config error that names some", async () => {
  await expect(decodeText(parts(Buffer.from("a"), 1), "utf-9").next()).rejects.toMatchObject({
    failureType: "config_error",
    message: 'There is no encoding named "utf-9". Use a name such as utf-8, utf-16, iso-8859-1 or cp1252.',
  });
});
