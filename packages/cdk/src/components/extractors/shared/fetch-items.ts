import type { Ref, Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";
import { get, type Json, type JsonObject } from "../../../json/value.ts";
import { standAlone } from "../../shared/stand-alone.ts";

/** Makes what reads the whole list of a record whose own is not. */
export function fetchItems(retriever: Ref<"retriever">, scope: Scope): (parent: JsonObject) => AsyncIterable<Json> {
  const spec = scope.spec(retriever);
  for (const name of ["partition_router", "pagination_reset"]) {
    if (get(spec, name) === undefined) continue;
    throw configError(`Stream ${scope.stream.name}: a truncated_list_retriever cannot have a \`${name}\`. Remove it.`);
  }
  const whole = scope.build(retriever, { ...standAlone(), decoder: undefined, purpose: "list" });
  return async function* items(parent) {
    for await (const batch of whole.read({ partition: { parent_record: parent }, interval: {}, extra: {} })) {
      for (let i = 0; i < batch.length; i++) yield batch.value(i);
    }
  };
}
