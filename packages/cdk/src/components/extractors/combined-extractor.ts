import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { truthy } from "../../json/truthy.ts";
import type { Json } from "../../json/value.ts";
import type { Extractor } from "../../roles.ts";

export const combinedExtractor: Component<"extractor"> = component({
  kind: "extractor",
  type: "CombinedExtractor",
  description: "Takes records from several places of an answer, and joins them.",
  schema: (slot, z) =>
    z.object({
      extractors: z
        .array(slot("extractor", ["DpathExtractor", "CustomRecordExtractor", "CombinedExtractor"]))
        .min(1)
        .describe("The extractors, each of which sees the whole answer."),
      mode: z
        .enum(["union", "first_match"])
        .default("union")
        .describe("Whether all records of all count, or those of the first extractor that finds any."),
      skip_empty_records: z
        .boolean()
        .default(false)
        .describe('Whether null, {}, [] and "" are left out. They count towards the size of the page all the same.'),
    }),
  create({ extractors, mode, skip_empty_records }, scope): Extractor {
    const { stream, run } = scope;
    if (stream.decoder?.streams === true) {
      throw configError(
        `Stream ${stream.name}: a CombinedExtractor needs the whole answer, but the stream's decoder reads it as it comes. ` +
          `Use a JsonDecoder, XmlDecoder or ZipfileDecoder, or one extractor.`,
      );
    }
    const warn = warnOnce((count, index) =>
      run.log(
        "WARN",
        `Stream ${stream.name}: extractor ${index} of the CombinedExtractor found ${count} empty records, which are left out. ` +
          `An API that answers so often says why elsewhere in the answer. This is said once.`,
      ),
    );
    // The answer is read more than once, so its rows cannot be cut out of the passing bytes.
    const built = extractors.map((extractor) => scope.build(extractor, { raw: false }));
    const parts = skip_empty_records
      ? built.map((extract, index) => withoutEmpty(extract, (n) => warn(n, index)))
      : built;
    return mode === "union" ? union(parts) : firstMatch(parts);
  },
});

function union(parts: readonly Extractor[]): Extractor {
  return async function* (response, dropped) {
    for (const extract of parts) yield* extract(response, dropped);
  };
}

function firstMatch(parts: readonly Extractor[]): Extractor {
  return async function* (response, dropped) {
    for (const extract of parts) {
      let found = false;
      let waiting = 0; // dropped before the first record: they count if there is one
      const count = (n: number): void => {
        if (found) dropped?.(n);
        else waiting += n;
      };
      for await (const batch of extract(response, count)) {
        if (batch.length === 0) continue;
        if (!found) dropped?.(waiting);
        found = true;
        yield batch;
      }
      if (found) return;
    }
  };
}

function withoutEmpty(extract: Extractor, warn: (count: number) => void): Extractor {
  return async function* (response, dropped) {
    let count = 0;
    for await (const batch of extract(response, dropped)) {
      const kept = nonEmpty(batch);
      const missing = batch.length - kept.length;
      if (missing > 0) dropped?.(missing);
      count += missing;
      if (kept.length > 0) yield missing === 0 ? batch : valueRows(kept);
    }
    if (count > 0) warn(count);
  };
}

function nonEmpty(batch: Batch): Json[] {
  const kept: Json[] = [];
  for (let i = 0; i < batch.length; i++) {
    const row = batch.value(i);
    if (truthy(row)) kept.push(row);
  }
  return kept;
}

function warnOnce(warn: (count: number, index: number) => void): typeof warn {
  let warned = false;
  return (count, index) => {
    if (!warned) warn(count, index);
    warned = true;
  };
}
