import { component, entries, fromEntries, get, has, isObject, remove, set, type Component } from "ferry-cdk";

/** Joins the values of some fields, which go, to one. */
export const joinNames: Component = component({
  kind: "transformation",
  type: "JoinNames",
  schema: (_, z) => z.object({ target: z.string(), fields: z.array(z.string()) }),
  create:
    ({ target, fields }) =>
    (record) => {
      const there = fields.filter((field) => has(record, field));
      const names = there.map((field) => String(get(record, field)));
      for (const field of there) remove(record, field);
      set(record, target, names.join(" "));
    },
});

export const onlyWithName: Component = component({
  kind: "recordFilter",
  type: "OnlyWithName",
  schema: (_, z) => z.object({}),
  create: () => (record) => isObject(record) && has(record, "first"),
});

/** A schema of fields and their types. */
export const fieldsSchemaLoader: Component = component({
  kind: "schemaLoader",
  type: "FieldsSchemaLoader",
  schema: (_, z) => z.object({ fields: z.record(z.string(), z.string()) }),
  create: (_, { self }) => {
    const fields = get(self, "fields") ?? null;
    const properties = isObject(fields) ? entries(fields) : [];
    return async () => ({
      type: "object",
      properties: fromEntries(properties.map(([name, type]) => [name, { type: ["null", type] }])),
    });
  },
});

export const sinceToSeen: Component = component({
  kind: "stateMigration",
  type: "SinceToSeen",
  schema: (_, z) => z.object({}),
  create: () => (state) => (has(state, "since") ? { seen: get(state, "since") ?? null } : state),
});
