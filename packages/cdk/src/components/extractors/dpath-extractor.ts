import { component, type Component } from "../../component.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import type { Json } from "../../json/value.ts";
import type { Decoder, Extractor, RecordExpander } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { cutRows } from "./shared/cut-rows.ts";
import { createHint, type Hint } from "./shared/hint.ts";
import { recordPath, type RecordPath } from "./shared/record-path.ts";

export const dpathExtractor: Component<"extractor"> = component({
  kind: "extractor",
  type: "DpathExtractor",
  description: "Takes the records from a path in the answer.",
  schema: (slot, z) =>
    z.object({
      field_path: z
        .array(z.string())
        .describe("Keys that lead to the records; `*` stands for any key, or all items. May see: config, parameters."),
      record_expander: slot("recordExpander", ["RecordExpander"])
        .optional()
        .describe("Makes records of the items of a list that each record holds."),
    }),
  create({ field_path, record_expander }, scope): Extractor {
    const { raw, fields } = scope.stream;
    const decoder = scope.stream.decoder ?? scope.build(ref("decoder", { type: "JsonDecoder" }));
    const expand = record_expander && scope.build(record_expander);
    const currentPath = recordPath(field_path, scope);
    const hint = createHint(scope);
    return (response) => {
      const path = currentPath();
      const { keys } = path;
      // Each line is a body: a path into lines needs their values.
      const cut = decoder.rows === "json" || (decoder.rows === "lines" && keys?.length === 0);
      if (raw && cut && expand === undefined && keys !== undefined) {
        return cutRows(response, decoder, { path, keys, fields, hint, run: scope.run });
      }
      if (decoder.batches !== undefined && keys?.length === 0 && expand === undefined) {
        return decoder.batches(response.stream());
      }
      return decodedRows(response, { path, decoder, expand, hint });
    };
  },
});

interface Decoded {
  readonly path: RecordPath;
  readonly decoder: Decoder;
  readonly expand: RecordExpander | undefined;
  readonly hint: Hint;
}

async function* decodedRows(response: HttpResponse, { path, decoder, expand, hint }: Decoded): AsyncGenerator<Batch> {
  let found = false;
  let first: Json | undefined;
  for await (const bodies of decoder.decode(response)) {
    const rows = path.rows(bodies);
    found ||= rows.length > 0;
    first ??= bodies[0];
    for (let from = 0; from < rows.length; from += MOST_ROWS) {
      const some = rows.slice(from, from + MOST_ROWS);
      yield valueRows(expand === undefined ? some : await expanded(some, expand));
    }
  }
  if (!found && first !== undefined && !decoder.streams) hint(response, first, path);
}

/** So that what a page became is not in memory as a whole beside the page. */
const MOST_ROWS = 1000;

async function expanded(rows: readonly Json[], expand: RecordExpander): Promise<Json[]> {
  const items: Json[] = [];
  for (const row of rows) {
    const made = expand(row);
    if (Symbol.iterator in made) for (const item of made) items.push(item);
    else for await (const item of made) items.push(item);
  }
  return items;
}
