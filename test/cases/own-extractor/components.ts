import { component, entries, isObject, set, valueRows, type Component, type Json } from "ferry-cdk";

/** A record of each member of the objects that another extractor finds, its key among the fields. */
export const entriesExtractor: Component = component({
  kind: "extractor",
  type: "EntriesExtractor",
  defaults: { inner: "DpathExtractor" },
  schema: (slot, z) => z.object({ key_field: z.string(), inner: slot("extractor") }),
  create(spec, scope) {
    const name = scope.text(spec.key_field);
    const inner = scope.build(spec.inner);
    return async function* (response) {
      for await (const found of inner(response)) {
        const records: Json[] = [];
        for (let index = 0; index < found.length; index++) {
          const value = found.value(index);
          for (const [key, member] of isObject(value) ? entries(value) : []) {
            const record = { [name({})]: key };
            if (isObject(member)) for (const [field, part] of entries(member)) set(record, field, part);
            records.push(record);
          }
        }
        yield valueRows(records);
      }
    };
  },
});
