import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { truthy } from "../../json/truthy.ts";
import { entries, get, isObject, keys, set, type JsonObject } from "../../json/value.ts";
import type { RecordFilter, Retriever, SchemaLoader } from "../../roles.ts";
import { standAlone } from "../shared/stand-alone.ts";
import { emptySlice } from "../shared/empty-slice.ts";
import { ref } from "../shared/refs.ts";
import { withCache } from "../shared/with-cache.ts";
import { transform } from "../transformations/shared/transform.ts";

export const dynamicSchemaLoader: Component<"schemaLoader"> = component({
  kind: "schemaLoader",
  type: "DynamicSchemaLoader",
  description: "Asks the API for the fields of a stream, and makes its schema of the answer.",
  schema: (slot, z) =>
    z.object({
      retriever: slot("retriever").describe("How the record is read that describes the schema: the first one."),
      schema_filter: slot("recordFilter")
        .optional()
        .describe("Which properties count; the filter sees each as a record of one field."),
      schema_transformations: z
        .array(slot("transformation"))
        .optional()
        .describe("Changes made to the properties as if they were a record, in order."),
      schema_type_identifier: slot("schemaTypeIdentifier").describe("Where the record says what properties there are."),
    }),
  create(spec, scope): SchemaLoader {
    const { type, partition_router } = scope.spec(spec.retriever);
    if (type === "AsyncRetriever" && truthy(partition_router ?? null)) {
      throw systemError(
        `Stream ${scope.stream.name}: the AsyncRetriever of a DynamicSchemaLoader has a partition_router, but only the first ` +
          `record is read: the other partitions' jobs would run for nothing. Leave the partition_router out.`,
      );
    }
    const retriever = scope.build(withCache(spec.retriever, scope), {
      name: "dynamic_properties",
      ...standAlone(),
      purpose: "schema",
    });
    // A manifest need not state the identifier's type: there is only one.
    const identifier = get(scope.self, "schema_type_identifier");
    const identify = scope.build(
      ref("schemaTypeIdentifier", { ...(isObject(identifier) ? identifier : {}), type: "SchemaTypeIdentifier" }),
    );
    const filter = spec.schema_filter && scope.build(spec.schema_filter);
    const transformations = (spec.schema_transformations ?? []).map((each) => scope.build(each));
    return async () => {
      const record = await firstRecord(retriever);
      const described = record === undefined || keys(record).length === 0 ? {} : identify(record);
      const context = { config: () => scope.config.get(), stream_slice: null, next_page_token: null, record: null };
      const properties = filter === undefined ? described : filtered(described, filter, context);
      return {
        $schema: "https://json-schema.org/draft-07/schema#",
        type: "object",
        additionalProperties: true,
        properties: transform(properties, transformations, context),
      };
    };
  },
});

async function firstRecord({ read }: Retriever): Promise<JsonObject | undefined> {
  for await (const batch of read(emptySlice)) {
    if (batch.length > 0) return batch.value(0) as JsonObject; // a selector lets only objects through
  }
  return undefined;
}

function filtered(properties: JsonObject, filter: RecordFilter, context: Parameters<RecordFilter>[1]): JsonObject {
  const kept: JsonObject = {};
  for (const [name, property] of entries(properties)) {
    const record: JsonObject = {};
    set(record, name, property);
    if (filter(record, { ...context, record })) set(kept, name, property);
  }
  return kept;
}
