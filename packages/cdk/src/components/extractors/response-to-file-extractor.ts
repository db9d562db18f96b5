import { component, type Component } from "../../component.ts";
import { createCsvReader } from "../../csv/csv-reader.ts";
import { universalNewlines } from "../../csv/universal-newlines.ts";
import { decodeText } from "../../encoding/text-decoder.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import type { Json } from "../../json/value.ts";
import type { Extractor } from "../../roles.ts";
import { unpacked } from "../decoders/shared/gunzip.ts";
import { createTable } from "./shared/table.ts";

/** The rows of a CSV answer of any size. It needs no file: rows are made while the answer arrives. */
export const responseToFileExtractor: Component<"extractor"> = component({
  kind: "extractor",
  type: "ResponseToFileExtractor",
  description: "Reads the downloaded result of a job as CSV, by way of a file.",
  schema: (_, z) =>
    z.object({
      preserve_na_values: z
        .boolean()
        .default(false)
        .describe("Whether texts such as NA, null and NaN stay; else they are nothing, as empty fields are."),
    }),
  create: ({ preserve_na_values }): Extractor =>
    async function* extract(response) {
      const reader = createCsvReader(",");
      const newlines = universalNewlines();
      const table = createTable(preserve_na_values);
      const read = (text: string, last: boolean): Json[] =>
        table(reader.push(newlines(text.replaceAll("\0", ""), last)));
      for await (const part of decodeText(unpacked(response.stream()), "utf-8")) {
        const rows = read(part, false);
        if (rows.length > 0) yield valueRows(rows);
      }
      const rows = [...read("", true), ...table(reader.end())];
      if (rows.length > 0) yield valueRows(rows);
    },
});
