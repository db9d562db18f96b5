import type { Ref, Scope } from "../../../component.ts";
import { get, isObject, keys, type Json, type JsonObject } from "../../../json/value.ts";
import { noCursorKey } from "../../cursors/shared/final.ts";
import { ref } from "../../shared/refs.ts";

/**
 * The state that a child's state holds for its parent: what it keeps for it, else the value that stands for all of the
 * child's partitions, else the one value that a state of the oldest form has.
 */
export function incomingParentState(child: JsonObject, parent: Ref<"stream">, scope: Scope): JsonObject {
  const names = keys(child).filter((key) => key !== noCursorKey);
  if (names.length === 0) return {};
  const spec = scope.spec(parent);
  const kept = get(child, "parent_state");
  const own = kept !== undefined && isObject(kept) ? get(kept, nameOf(spec)) : undefined;
  if (own !== undefined) return isObject(own) ? own : {};
  const common = get(child, "state");
  if (common !== undefined) return isObject(common) ? common : {};
  const [only] = names;
  const value = names.length === 1 && only !== undefined ? get(child, only) : undefined;
  if (value === undefined || !isScalar(value)) return {};
  const field = cursorFieldOf(spec, scope);
  return field === undefined ? {} : { [field]: value };
}

function nameOf(spec: JsonObject): string {
  const name = get(spec, "name");
  return typeof name === "string" ? name : "";
}

/** The parent's cursor field; of a delegating stream that of the one which reads on from a state. */
function cursorFieldOf(spec: JsonObject, scope: Scope): string | undefined {
  const delegate = get(spec, "incremental_stream");
  const stream = delegate !== undefined && isObject(delegate) ? delegate : spec;
  const sync = get(stream, "incremental_sync");
  if (sync === undefined || !isObject(sync)) return undefined;
  const type = get(sync, "type");
  if (typeof type !== "string") return undefined;
  return scope.build(ref("cursor", { ...sync, type }), { isParent: true, name: nameOf(spec) }).cursorField;
}

function isScalar(value: Json): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}
