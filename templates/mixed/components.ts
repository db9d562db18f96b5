import { component, get, set, type Component } from "ferry-cdk";

/** The manifest names it `CentsToAmounts`: fields that count cents become amounts. */
export const centsToAmounts: Component<"transformation"> = component({
  kind: "transformation",
  type: "CentsToAmounts",
  schema: (_, z) => z.object({ fields: z.array(z.string()) }),
  create:
    ({ fields }) =>
    (record) => {
      for (const field of fields) {
        const cents = get(record, field);
        if (typeof cents === "number") set(record, field, cents / 100);
      }
    },
});
