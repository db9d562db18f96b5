import type { Ref } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Kind } from "../../roles.ts";

/** A child that a component makes by itself, e.g. the default of a field that was left out. */
export function ref<K extends Kind>(_kind: K, spec: JsonObject & { type: string }): Ref<K> {
  // The one place beside validation that makes a Ref: its kind is the argument's.
  return spec as unknown as Ref<K>;
}
