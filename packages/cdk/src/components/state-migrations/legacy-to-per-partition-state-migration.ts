import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { entries, get, has, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import type { StateMigration } from "../../roles.ts";

/** Reads `{ "13506132": { "last_changed": "2022-12-27" } }`, the cursor of each partition by its only value. */
export const legacyToPerPartitionStateMigration: Component<"stateMigration"> = component({
  kind: "stateMigration",
  type: "LegacyToPerPartitionStateMigration",
  description: "Reads states in which each partition was a key.",
  schema: (_, z) => z.object({}),
  create(_, scope): StateMigration {
    const { name, spec } = scope.stream;
    const fail = (what: string): Error =>
      systemError(`Stream ${name}: LegacyToPerPartitionStateMigration ${what}`, { stream: name });
    const sync = get(spec, "incremental_sync");
    const cursorField = sync !== undefined && isObject(sync) ? get(sync, "cursor_field") : undefined;
    if (typeof cursorField !== "string") throw fail("needs an incremental_sync with a cursor_field.");
    const partitionField = partitionFieldOf(routerOf(spec));
    if (partitionField === undefined) {
      throw fail(
        "needs a partition_router with a partition field: a substream's, a union, or a custom one with parents.",
      );
    }
    const cursor = scope.text(cursorField)({});
    const partition = scope.text(partitionField.name)({});
    const isOld = (value: Json): boolean => isObject(value) && keys(value).length === 1 && has(value, cursor);
    return (state) => {
      const members = entries(state);
      if (partitionField.ambiguous || has(state, "states") || members.length === 0) return state;
      if (!members.every(([, value]) => isOld(value))) return state;
      return { states: members.map(([key, value]) => ({ partition: { [partition]: key }, cursor: value })) };
    };
  },
});

function routerOf(stream: JsonObject): JsonObject {
  const retriever = get(stream, "retriever");
  const router = retriever !== undefined && isObject(retriever) ? get(retriever, "partition_router") : undefined;
  return router !== undefined && isObject(router) ? router : {};
}

/** Of a router with several parents it cannot be told whose values an old state lists. */
function partitionFieldOf(router: JsonObject): { readonly name: string; readonly ambiguous: boolean } | undefined {
  const parents = get(router, "parent_stream_configs");
  const [first] = Array.isArray(parents) ? (parents as readonly Json[]) : [];
  const holder = first ?? router;
  const name = isObject(holder) ? get(holder, "partition_field") : undefined;
  return typeof name === "string" ? { name, ambiguous: Array.isArray(parents) && parents.length > 1 } : undefined;
}
