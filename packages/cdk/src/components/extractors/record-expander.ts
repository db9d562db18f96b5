import { component, type Component, type Ref, type Scope } from "../../component.ts";
import { configError } from "../../errors.ts";
import { deepCopyObject } from "../../json/deep-copy.ts";
import { truthy } from "../../json/truthy.ts";
import { copy, get, isList, isObject, keys, set, type Json, type JsonObject } from "../../json/value.ts";
import type { RecordExpander } from "../../roles.ts";
import { compilePath, type Path } from "../shared/dpath/path.ts";
import { fetchItems } from "./shared/fetch-items.ts";
import { onePath, refuseGlobs } from "./shared/one-path.ts";
import { truncationWarnings } from "./shared/truncation-warnings.ts";
import { withoutLists } from "./shared/without-lists.ts";

export const recordExpander: Component<"recordExpander"> = component({
  kind: "recordExpander",
  type: "RecordExpander",
  description: "Makes one record of each item of a list within a record.",
  schema: (slot, z) =>
    z.object({
      expand_records_from_field: z
        .array(z.string())
        .describe("Keys that lead to the list; `*` stands for any key, or all items. May see: config, parameters."),
      remain_original_record: z
        .boolean()
        .default(false)
        .describe("Whether each item keeps the record it is from, as `original_record`."),
      parent_fields: z
        .array(slot("parentField", ["ParentFieldPath"]))
        .optional()
        .describe("Fields of the record that each item gets."),
      merge_parent: z
        .boolean()
        .default(false)
        .describe("Whether each item gets all of the record but the list; its own fields go before the record's."),
      on_no_records: z
        .enum(["skip", "emit_parent"])
        .default("skip")
        .describe("What becomes of a record without items: nothing, or it is one itself."),
      truncation_indicator_path: z
        .array(z.string())
        .optional()
        .describe("Where the record says that its list is not whole. May see: config, parameters."),
      truncated_list_retriever: slot("retriever", ["SimpleRetriever", "CustomRetriever"])
        .optional()
        .describe("Reads the whole list then; the record is its `stream_slice.parent_record`."),
    }),
  create(spec, scope): RecordExpander {
    const parts = spec.expand_records_from_field.map((part) => scope.template(part)({}) ?? null);
    const path = compilePath(parts);
    const fetch = spec.truncated_list_retriever && fetchItems(spec.truncated_list_retriever, scope);
    if (fetch !== undefined) refuseGlobs(parts, "expand_records_from_field", scope);
    const indicator = onePath(spec.truncation_indicator_path ?? [], "truncation_indicator_path", scope);
    if (fetch !== undefined && indicator.parts.length === 0) throw noIndicator(scope);
    const warn = truncationWarnings(parts, indicator, scope, isCapped(spec.truncated_list_retriever, scope));
    const parentFields = (spec.parent_fields ?? []).map((field) => scope.build(field));
    const carries = spec.remain_original_record || spec.merge_parent || parentFields.length > 0;

    /** Makes items of one record: an item that is no object becomes one where it has to carry something. */
    function itemMaker(parent: JsonObject): (item: Json) => Json {
      const base = spec.merge_parent ? withoutLists(parent, path) : undefined;
      return (item) => {
        if (!isObject(item) && !carries) return item;
        const own = isObject(item) ? item : { value: item };
        const made = base === undefined ? copy(own) : merged(deepCopyObject(base), own);
        for (const copyField of parentFields) copyField(parent, made);
        if (spec.remain_original_record) set(made, "original_record", deepCopyObject(parent));
        return made;
      };
    }

    function embedded(parent: JsonObject, isCut: boolean): Json[] {
      const items = itemsAt(path, parent);
      if (isCut && fetch === undefined) warn.notFetched(parent, items.length);
      if (items.length === 0) return spec.on_no_records === "emit_parent" ? [parent] : [];
      return items.map(itemMaker(parent));
    }

    async function* fetched(parent: JsonObject, items: AsyncIterable<Json>): AsyncGenerator<Json> {
      const make = itemMaker(parent);
      let count = 0;
      for await (const item of items) {
        count++;
        yield make(item);
      }
      warn.fetched(parent, count);
      if (count === 0) yield* embedded(parent, true);
    }

    return (record) => {
      if (!isObject(record) || parts.length === 0) return [record];
      const isCut = indicator.parts.length > 0 && truthy(indicator.get(record) ?? false);
      return isCut && fetch !== undefined ? fetched(record, fetch(record)) : embedded(record, isCut);
    };
  },
});

/** Whether only some pages of the whole list are read, as a run that tries things out does. */
function isCapped(retriever: Ref<"retriever"> | undefined, scope: Scope): boolean {
  if (retriever === undefined || scope.run.test === undefined) return false;
  const paginator = get(scope.spec(retriever), "paginator");
  return isObject(paginator) && get(paginator, "type") === "DefaultPaginator";
}

function itemsAt(path: Path, record: JsonObject): Json[] {
  const items: Json[] = [];
  for (const list of path.values(record)) if (isList(list)) for (const item of list) items.push(item);
  return items;
}

function merged(base: JsonObject, own: JsonObject): JsonObject {
  for (const key of keys(own)) set(base, key, own[key]!);
  return base;
}

const noIndicator = ({ stream }: Scope): Error =>
  configError(
    `Stream ${stream.name}: the RecordExpander has a truncated_list_retriever, but no truncation_indicator_path that says ` +
      `when a list is not whole. Add one.`,
  );
