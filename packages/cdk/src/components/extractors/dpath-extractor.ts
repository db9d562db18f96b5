import { component, type Component } from "../../component.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import type { Json } from "../../json/value.ts";
import type { Extractor, RecordExpander } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { cutRows } from "./shared/cut-rows.ts";
import { createHint } from "./shared/hint.ts";
import { recordPath } from "./shared/record-path.ts";

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
    return async function* extract(response) {
      const path = currentPath();
      const { keys } = path;
      // Each line is a body: a path into lines needs their values.
      const cut = decoder.rows === "json" || (decoder.rows === "lines" && keys?.length === 0);
      if (raw && cut && expand === undefined && keys !== undefined) {
        yield* cutRows(response, decoder, { path, keys, fields, hint, run: scope.run });
        return;
      }
      if (decoder.batches !== undefined && keys?.length === 0 && expand === undefined) {
        yield* decoder.batches(response.stream());
        return;
      }
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
    };
  },
});

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
