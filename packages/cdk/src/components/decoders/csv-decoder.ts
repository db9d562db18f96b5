import { component, type Component } from "../../component.ts";
import { csvBatches } from "../../csv/csv-batches.ts";
import { csvRecords, dictTable } from "../../csv/csv-records.ts";
import { decodeText, isUtf8Name } from "../../encoding/text-decoder.ts";
import { configError } from "../../errors.ts";
import { entries, set, type Json, type JsonObject } from "../../json/value.ts";
import type { Decoder } from "../../roles.ts";

export const csvDecoder: Component<"decoder"> = component({
  kind: "decoder",
  type: "CsvDecoder",
  description: "Reads answers of comma-separated values: the first line names the fields.",
  schema: (_, z) =>
    z.object({
      encoding: z.string().default("utf-8").describe("The text's encoding, by Python's name for it."),
      delimiter: z
        .string()
        .default(",")
        .describe("What stands between fields: one character, or an escape such as \\t."),
      set_values_to_none: z.array(z.string()).optional().describe("Values that stand for nothing."),
    }),
  create({ encoding, delimiter, set_values_to_none }, { stream }): Decoder {
    const separator = delimiterOf(delimiter, stream.name);
    const nothing = new Set<Json>(set_values_to_none);
    async function* parse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Json[]> {
      for await (const records of csvRecords(decodeText(bytes, encoding), separator)) {
        if (nothing.size > 0) for (const record of records) emptied(record, nothing);
        yield records;
      }
    }
    return {
      streams: true,
      decode: (response) => parse(response.stream()),
      parse,
      ...(nothing.size > 0 || !isUtf8Name(encoding)
        ? {}
        : { batches: (bytes) => csvBatches(bytes, { delimiter: separator, table: dictTable(), nulls: [] }) }),
    };
  },
});

function emptied(record: JsonObject, nothing: ReadonlySet<Json>): void {
  for (const [name, value] of entries(record)) if (nothing.has(value)) set(record, name, null);
}

const NAMED: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
  b: "\b",
  "0": "\0",
};

/** The one character that the manifest names, by an escape where it begins with a backslash. */
function delimiterOf(delimiter: string, stream: string): string {
  if (delimiter === "") return ",";
  const escape = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))$/s.exec(delimiter);
  const code = escape?.[1] ?? escape?.[2];
  const named = escape?.[3] === undefined ? undefined : (NAMED[escape[3]] ?? escape[3]);
  const separator = code === undefined ? (named ?? delimiter) : String.fromCharCode(parseInt(code, 16));
  if (!/^.$/su.test(separator)) {
    throw configError(
      `Stream ${stream}: the CsvDecoder's delimiter ${JSON.stringify(delimiter)} is no single character. Use one such as "," or "\\t".`,
      { stream },
    );
  }
  return separator;
}
