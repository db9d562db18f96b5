import { component, type Component, type Ref, type Scope } from "../../component.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { keys, type Json, type JsonObject } from "../../json/value.ts";
import type { RecordFilter, RecordSelector, RequestContext, SchemaNormalization, Slice } from "../../roles.ts";
import { requestContext } from "../shared/slice-context.ts";
import type { RecordContext } from "../transformations/shared/transform.ts";
import { normalizeTypes } from "./shared/normalize-types.ts";
import { recordOf } from "./shared/record-of.ts";
import { rowStages } from "./shared/row-stages.ts";
import { withFiles } from "./shared/with-files.ts";

export const recordSelector: Component<"recordSelector"> = component({
  kind: "recordSelector",
  type: "RecordSelector",
  description: "Which parts of an answer are records, which of them are kept, and in what types.",
  schema: (slot, z) =>
    z.object({
      extractor: slot("extractor", ["DpathExtractor", "CustomRecordExtractor", "CombinedExtractor"]).describe(
        "Where the records are in an answer.",
      ),
      record_filter: slot("recordFilter").optional().describe("Which of them count."),
      schema_normalization: z
        .union([z.enum(["Default", "None"]), slot("schemaNormalization")])
        .optional()
        .describe("Whether values are cast to the types that the stream's schema names; they are not when left out."),
      transform_before_filtering: z
        .boolean()
        .optional()
        .describe("Whether the filter sees records as the transformations leave them."),
    }),
  create(spec, scope): RecordSelector {
    const { stream } = scope;
    const extract = scope.build(spec.extractor);
    const stages = rowStages({
      filter: filterOf(spec.record_filter, scope),
      cursor: stream.clientSideIncremental && !stream.dataFeed ? stream.cursor : undefined,
      transformations: stream.transformations,
      transformFirst: spec.transform_before_filtering ?? stream.clientSideIncremental,
      // Values of a body that is decoded whole are what templates see as `response`.
      shared: stream.decoder?.streams !== true,
    });
    const normalize = normalizationOf(spec.schema_normalization, scope);
    let cast: Promise<((record: JsonObject) => void) | undefined> | undefined;
    async function pageStages(
      context: RequestContext,
      record: (row: Json) => JsonObject,
    ): Promise<(rows: Batch) => Iterable<Batch>> {
      const records: RecordContext = {
        ...requestContext(context),
        config: () => scope.config.get(),
        record: null,
      };
      return stages(records, context.slice, record, await (cast ??= casterOf(normalize, scope)));
    }
    const withTheirFiles = (batch: Batch, slice: Slice): Iterable<Batch> | AsyncIterable<Batch> =>
      stream.fileUploader === undefined ? [batch] : withFiles(batch, stream.fileUploader, slice);
    return {
      async *select(response, context, page) {
        const process = await pageStages(context, (row) => recordOf(row, stream.name, response));
        const dropped = (rows: number): void => void (page.extracted += rows);
        for await (const rows of extract(response, dropped)) {
          page.extracted += rows.length;
          for (const batch of process(rows)) {
            if (batch.length === 0) continue;
            page.selected += batch.length;
            page.last = () => batch.value(batch.length - 1) as JsonObject; // only objects come out of the stages
            yield* withTheirFiles(batch, context.slice);
          }
        }
      },
      async *refine(records, context) {
        const process = await pageStages(context, (row) => row as JsonObject); // another selector's stages made it one
        for await (const rows of records) {
          for (const batch of process(rows)) if (batch.length > 0) yield* withTheirFiles(batch, context.slice);
        }
      },
    };
  },
});

/** A filter without a condition lets nothing through; but where the cursor filters, it has no say. */
function filterOf(filter: Ref<"recordFilter"> | undefined, scope: Scope): RecordFilter | undefined {
  if (filter === undefined) return undefined;
  const { type, condition } = scope.spec(filter);
  if (scope.stream.clientSideIncremental && !scope.stream.dataFeed && type === "RecordFilter" && condition === "") {
    return undefined;
  }
  return scope.build(filter);
}

function normalizationOf(
  spec: "Default" | "None" | Ref<"schemaNormalization"> | undefined,
  scope: Scope,
): SchemaNormalization | undefined {
  if (spec === undefined || spec === "None") return undefined;
  return spec === "Default" ? normalizeTypes(scope) : scope.build(spec);
}

/** The schema is loaded with the first answer; an empty one casts nothing. */
async function casterOf(
  normalize: SchemaNormalization | undefined,
  { stream }: Scope,
): Promise<((record: JsonObject) => void) | undefined> {
  if (normalize === undefined || stream.schema === undefined) return undefined;
  const schema = await stream.schema();
  return keys(schema).length === 0 ? undefined : normalize(schema);
}
