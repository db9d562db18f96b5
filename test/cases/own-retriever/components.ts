import { component, get, set, valueRows, type Component, type JsonObject } from "ferry-cdk";

/** Gives each record a second time, its id ten times as large. */
export const twiceRetriever: Component = component({
  kind: "retriever",
  type: "TwiceRetriever",
  schema: (slot) => slot.like("SimpleRetriever", {}),
  create(_, scope) {
    const plain = scope.like("retriever", "SimpleRetriever");
    return {
      async *read(slice) {
        for await (const batch of plain.read(slice)) {
          const records = Array.from({ length: batch.length }, (__, index) => batch.value(index) as JsonObject);
          yield valueRows(
            records.flatMap((record) => {
              const second = { ...record };
              set(second, "id", Number(get(record, "id")) * 10);
              return [record, second];
            }),
          );
        }
      },
    };
  },
});
