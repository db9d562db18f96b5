import { systemError } from "../../../errors.ts";
import { printJson } from "../../../json/print.ts";
import { get, has, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { CursorField } from "./interval-cursor.ts";
import { partitionKey } from "./partition-key.ts";

/** What a state of the platform says of a partitioned stream. */
export interface IncomingPartitions {
  readonly global: boolean;
  readonly partitions: readonly { readonly key: string; readonly state: JsonObject }[];
  /** Where partitions start that the state does not list, spelled as requests spell it. */
  readonly start: Json | undefined;
  /** Seconds by which they start earlier. */
  readonly lookback: number;
  readonly parentState: JsonObject | undefined;
}

/** @param global whether one value stands for all partitions, unless the state says otherwise */
export function incomingPartitions<V>(field: CursorField<V>, state: JsonObject, global: boolean): IncomingPartitions {
  const parentState = get(state, "parent_state");
  const parents = isObject(parentState) && Object.keys(parentState).length > 0 ? parentState : undefined;
  const common = get(state, "state");
  if (!has(state, "states") && common === undefined) {
    return { global, partitions: [], start: startOf(field, state), lookback: 0, parentState: parents };
  }
  return {
    // As in the reference, a state without the word turns a configured global cursor off.
    global: get(state, "use_global_cursor") === true,
    partitions: listed(get(state, "states")).map((entry) => partition(field.stream, entry)),
    start: isObject(common) ? startOf(field, common) : undefined,
    lookback: seconds(get(state, "lookback_window")),
    parentState: parents,
  };
}

function startOf<V>({ stream, name, scale }: CursorField<V>, state: JsonObject): Json | undefined {
  const value = get(state, name);
  if (value === undefined || value === null) return undefined;
  const read = scale.read(value);
  if (read !== undefined) return scale.write(read);
  throw systemError(
    `The state of stream ${stream} has ${printJson(value)} as its "${name}", which the cursor cannot read. ` +
      `Correct the state, or reset the stream.`,
    { stream, code: "state-unreadable" },
  );
}

function partition(stream: string, entry: Json): { key: string; state: JsonObject } {
  const [name, cursor] = isObject(entry) ? [get(entry, "partition"), get(entry, "cursor")] : [];
  if (name !== undefined && cursor !== undefined && isObject(name) && isObject(cursor)) {
    return { key: partitionKey(name), state: cursor };
  }
  throw systemError(
    `The state of stream ${stream} lists ${printJson(entry)} among its "states"; each needs a "partition" and a "cursor".`,
    { stream, code: "state-unreadable" },
  );
}

function listed(states: Json | undefined): readonly Json[] {
  return Array.isArray(states) ? (states as readonly Json[]) : [];
}

function seconds(lookback: Json | undefined): number {
  const value = typeof lookback === "string" ? Number(lookback) : lookback;
  return typeof value === "number" && Number.isFinite(value) ? Math.trunc(value) : 0;
}
