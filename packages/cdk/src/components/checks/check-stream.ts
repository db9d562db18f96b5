import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { Json } from "../../json/value.ts";
import { errorMessage } from "../../protocol/error-trace.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Check, CheckedSource, CheckResult, Stream } from "../../roles.ts";
import { tryStreams } from "./shared/availability.ts";

/** Names the streams to try, in place of the manifest's. */
const namesKey = "__airbyte_check_stream_names";

export const checkStream: Component<"check"> = component({
  kind: "check",
  type: "CheckStream",
  description: "Tries a connection by reading a record of each stream that is named.",
  schema: (slot, z) =>
    z.object({
      stream_names: z.array(z.string()).optional().describe("The streams to try."),
      dynamic_streams_check_configs: z
        .array(slot("piece", ["DynamicStreamCheckConfig"]))
        .optional()
        .describe("How many of the streams that a dynamic definition makes are tried."),
      config_overrides: z.looseObject({}).optional().describe("Values of the config that hold during the check only."),
    }),
  create(spec, scope): Check {
    if (spec.stream_names === undefined && spec.dynamic_streams_check_configs === undefined) {
      throw systemError("The check names nothing to try: give CheckStream `stream_names`, the names of some streams.");
    }
    const dynamic = (spec.dynamic_streams_check_configs ?? []).map((each) => scope.spec(each));
    return async (source) => {
      const names = namesOf(source.config[namesKey]) ?? spec.stream_names ?? [];
      let streams: readonly Stream[];
      try {
        const few = dynamic.length > 0 ? undefined : await source.staticStreams(names);
        streams = few ?? (await source.streams());
      } catch (error) {
        const message = `The streams cannot be made: ${errorMessage(error)}`;
        source.log("ERROR", message);
        return { ok: false, message };
      }
      if (streams.length === 0) return { ok: false, message: "The manifest has no streams to connect to." };
      const byName = new Map(streams.map((stream) => [stream.name, stream]));
      const result = await tryNamed(names, byName, source);
      if (!result.ok || dynamic.length === 0) return result;
      const generated = await source.generated();
      for (const { dynamic_stream_name: definition = null, stream_count: count } of dynamic) {
        const checked = await tryGenerated(String(definition), count, generated, byName, source);
        if (!checked.ok) return checked;
      }
      return result;
    };
  },
});

/** Tries the streams of these names. One that there is not is a fault of the manifest, but one before it that fails is told first. */
async function tryNamed(
  names: readonly string[],
  streams: ReadonlyMap<string, Stream>,
  source: CheckedSource,
): Promise<CheckResult> {
  const found = names.map((name) => streams.get(name));
  const missing = found.indexOf(undefined);
  const tried = (missing < 0 ? found : found.slice(0, missing)) as readonly Stream[]; // undefined is where they are cut
  const result = await tryStreams(tried, source.log);
  const name = names[missing];
  if (!result.ok || name === undefined) return result;
  const like = nearest(name, streams.keys());
  throw systemError(
    `The check names the stream "${name}", which the manifest does not have. ` +
      (like === undefined ? `It has: ${[...streams.keys()].join(", ")}.` : `Is "${like}" meant?`),
  );
}

async function tryGenerated(
  definition: string,
  count: Json | undefined,
  generated: ReadonlyMap<string, readonly string[]>,
  streams: ReadonlyMap<string, Stream>,
  source: CheckedSource,
): Promise<CheckResult> {
  const names = generated.get(definition);
  if (names === undefined) {
    const like = nearest(definition, generated.keys());
    const hint = like === undefined ? `It has: ${[...generated.keys()].join(", ")}.` : `Is "${like}" meant?`;
    return {
      ok: false,
      message: `The check names the dynamic stream "${definition}", which is not in the manifest. ${hint}`,
    };
  }
  const tried = typeof count === "number" ? names.slice(0, count) : names;
  return tryStreams(
    tried.flatMap((name) => streams.get(name) ?? []),
    source.log,
  );
}

function namesOf(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value) && value.every((name): name is string => typeof name === "string")) return value;
  throw systemError(`The config's ${namesKey} must be a list of stream names.`);
}
