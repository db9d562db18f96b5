import { component, type Component, type Ref, type Scope } from "../../component.ts";
import { compare, subtract } from "../../datetime/arithmetic.ts";
import type { Duration } from "../../datetime/calendar-duration.ts";
import { now } from "../../datetime/epoch.ts";
import { parseDuration } from "../../datetime/iso-duration.ts";
import { systemError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import { get, isObject, keys, type JsonObject } from "../../json/value.ts";
import { streamState } from "../../protocol/make-message.ts";
import type { Stream } from "../../roles.ts";

export const stateDelegatingStream: Component<"stream"> = component({
  kind: "stream",
  type: "StateDelegatingStream",
  description: "One stream read in two ways: in full at first, then what is new.",
  schema: (slot, z) => {
    const stream = slot("stream", ["DeclarativeStream"]);
    return z.object({
      name: z.string().describe("The name of the stream, and of both streams in it."),
      full_refresh_stream: stream.describe("How the stream is read without a state."),
      incremental_stream: stream.describe("How the stream is read from a state on."),
      api_retention_period: z
        .string()
        .optional()
        .describe(
          "How far back the API of the incremental stream goes, an ISO 8601 duration. May see: config, parameters.",
        ),
    });
  },
  create({ name, full_refresh_stream, incremental_stream, api_retention_period }, scope): Stream {
    const variants = [full_refresh_stream, incremental_stream];
    for (const variant of variants) requireName(name, get(scope.spec(variant), "name"));
    const retention = retentionOf(api_retention_period, name, scope);
    if (retention !== undefined) for (const variant of variants) requireTimes(name, variant, scope);

    const state = scope.stream.state ?? scope.run.state(name);
    if (keys(state).length === 0) return scope.build(full_refresh_stream, { state });
    const incremental = scope.build(incremental_stream, { state });
    // A stream outside of the catalog sends no state, which its destination would not know.
    const isChecked = scope.stream.isParent || scope.run.catalog?.has(name) !== false;
    if (retention === undefined || !isChecked) return incremental;
    const until = scope.build(full_refresh_stream, { state }).cursor.until(state) ?? incremental.cursor.until(state);
    if (until !== undefined && compare(until, subtract(now(), retention)) >= 0) return incremental;
    scope.run.log(
      "WARN",
      `Stream ${name}: its state is older than what the API keeps (${api_retention_period!}). All is read again.`,
    );
    if (!scope.stream.isParent) scope.run.emit(streamState({ name, namespace: undefined }, {}));
    return scope.build(full_refresh_stream, { state: {} });
  },
});

function requireName(name: string, found: unknown): void {
  if ((found ?? "") === name) return;
  throw systemError(
    `StateDelegatingStream ${name} holds a stream named ${String(found)}. All three must have one name.`,
  );
}

function retentionOf(source: string | undefined, stream: string, scope: Scope): Duration | undefined {
  const value = source === undefined || source === "" ? undefined : scope.template(source)({});
  if (value === undefined || !truthy(value)) return undefined;
  try {
    return parseDuration(str(value));
  } catch (cause) {
    const given = str(value);
    throw systemError(
      `Stream ${stream}: api_retention_period is ${given}, which is no ISO 8601 duration such as P30D.`,
      {
        stream,
        cause,
      },
    );
  }
}

/** The age of a count cannot be told. */
function requireTimes(stream: string, variant: Ref<"stream">, scope: Scope): void {
  const sync: JsonObject[string] | undefined = get(scope.spec(variant), "incremental_sync");
  if (sync === undefined || !isObject(sync) || get(sync, "type") !== "IncrementingCountCursor") return;
  throw systemError(
    `Stream ${stream}: api_retention_period needs a cursor of times, but an IncrementingCountCursor counts. Leave the ` +
      `period out, or use a DatetimeBasedCursor.`,
    { stream },
  );
}
