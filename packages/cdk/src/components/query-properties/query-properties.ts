import { component, type Component } from "../../component.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { copy, entries, get, isObject, set, type JsonObject } from "../../json/value.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { PageCount, QueryProperties } from "../../roles.ts";

export const queryProperties: Component<"queryProperties"> = component({
  kind: "queryProperties",
  type: "QueryProperties",
  description: "The properties that a request asks the API for, by name.",
  schema: (slot, z) =>
    z.object({
      property_list: z
        .union([z.array(z.string()), slot("propertyList")])
        .describe("The properties to ask for, or where they are read."),
      always_include_properties: z.array(z.string()).optional().describe("Properties that every request asks for."),
      property_chunking: slot("propertyChunking").optional().describe("How they are spread over several requests."),
      property_selector: slot("propertySelector").optional().describe("Which of them the user wants."),
    }),
  create(spec, scope): QueryProperties {
    const { property_list: list, always_include_properties: always = [] } = spec;
    const load = Array.isArray(list) ? () => Promise.resolve(list) : scope.build(list);
    const chunking = spec.property_chunking && scope.build(spec.property_chunking);
    const selector = spec.property_selector && scope.build(spec.property_selector);
    const chunksOf = async (): Promise<readonly (readonly string[])[]> => {
      const selected = selector?.();
      const properties = await load();
      if (chunking !== undefined) return chunking.chunks(properties, always, selected);
      return [[...always, ...properties.filter((property) => selected?.has(property) ?? true)]];
    };

    return async function* readChunks(context, page, fetch, select, settle) {
      const merged = new Map<string, JsonObject>();
      let response: HttpResponse | undefined;
      for (const properties of await chunksOf()) {
        const chunk = { ...context, slice: { ...context.slice, extra: { query_properties: [...properties] } } };
        response = await fetch(chunk);
        if (response === undefined) continue;
        const counted: PageCount = { extracted: 0, selected: 0, last: undefined };
        for await (const batch of select(response, chunk, counted)) {
          if (chunking === undefined) {
            page.selected += batch.length;
            page.last = () => batch.value(batch.length - 1) as JsonObject;
            yield batch;
            continue;
          }
          for (let index = 0; index < batch.length; index++) {
            const record = batch.value(index);
            if (!isObject(record)) continue;
            const key = chunking.mergeKey(record);
            if (key === undefined) {
              page.selected++;
              page.last = () => record;
              yield valueRows([record]);
            } else merged.set(key, merge(merged.get(key) ?? {}, record));
          }
        }
        page.extracted = counted.extracted;
      }
      settle(response);
      if (merged.size === 0) return;
      const records = [...merged.values()];
      page.selected += records.length;
      page.last = () => records.at(-1)!;
      yield valueRows(records);
    };
  },
});

/** Both records in one: nested objects are merged, of other values the later wins. */
function merge(target: JsonObject, source: JsonObject): JsonObject {
  const merged = copy(target);
  for (const [name, value] of entries(source)) {
    const known = get(merged, name);
    set(merged, name, known !== undefined && isObject(known) && isObject(value) ? merge(known, value) : value);
  }
  return merged;
}
