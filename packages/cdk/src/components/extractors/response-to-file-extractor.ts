import { component, type Component } from "../../component.ts";
import { csvBatches } from "../../csv/csv-batches.ts";
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
  create:
    ({ preserve_na_values }): Extractor =>
    (response) => {
      const table = createTable(preserve_na_values);
      return csvBatches(withoutZeros(unpacked(response.stream())), { delimiter: ",", table, nulls: table.nulls });
    },
});

async function* withoutZeros(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield part.includes(0) ? part.filter((byte) => byte !== 0) : part;
}
