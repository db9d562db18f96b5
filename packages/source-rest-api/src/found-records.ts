import { component, isObject, ref, valueRows, type Component, type Extractor, type Json } from "ferry-cdk";
import { findRecords, recordsAt } from "./find-records.ts";
import { isTemplate } from "./templates.ts";

/**
 * Finds the records of answers whose path the config does not name. The first answer with records settles where they are,
 * so that no later one is read in another way.
 */
export const foundRecords: Component<"extractor"> = component({
  kind: "extractor",
  type: "FoundRecords",
  schema: (_, z) => z.object({ class_name: z.string() }),
  create(_, scope): Extractor {
    const { run, stream } = scope;
    const decoder = stream.decoder ?? scope.build(ref("decoder", { type: "JsonDecoder" }));
    let settled: Extractor | undefined;
    let path: readonly string[] | undefined;

    return async function* extract(response, dropped) {
      if (settled !== undefined) {
        yield* settled(response, dropped);
        return;
      }
      for await (const bodies of decoder.decode(response)) {
        for (const body of bodies) {
          const found = path ?? findRecords(body, stream.name);
          if (found === undefined) continue;
          const records = recordsAt(body, found);
          if (records.length === 0) continue;
          if (path === undefined) settle(found, body);
          yield valueRows(records);
        }
      }
    };

    function settle(found: readonly string[], body: Json): void {
      path = found;
      if (found.length > 0) {
        run.log("INFO", `Stream ${stream.name}: the records are at ${JSON.stringify(found)}, as no records_path says.`);
      }
      // Rows of a list whose place is known stay bytes until someone looks at them.
      const isPlain = !found.some((key) => isTemplate(key) || /[*?[]/.test(key));
      if (isPlain && (found.length > 0 || !isObject(body))) {
        settled = scope.build(ref("extractor", { type: "DpathExtractor", field_path: [...found] }), { raw: true });
      }
    }
  },
});
