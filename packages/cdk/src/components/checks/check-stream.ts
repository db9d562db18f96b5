import { component, type Component } from "../../component.ts";
import { configError, systemError } from "../../errors.ts";
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
  schema: (slot, z) =>
    z.object({
      stream_names: z.array(z.string()).optional().describe("The streams to try."),
      dynamic_streams_check_configs: z
        .array(slot("piece", ["DynamicStreamCheckConfig"]))
        .optional()
        .describe("How many of the streams that a dynamic definition makes are tried."),
      config_overrides: z.looseObject({}).optional().describe("Values of the config that hold during the check only."),
    }),
  create: ({ stream_names = [], dynamic_streams_check_configs = [] }, scope): Check => {
    const dynamic = dynamic_streams_check_configs.map((each) => scope.spec(each));
    return async (source) => {
      const names = namesOf(source.config[namesKey]) ?? stream_names;
      let streams: readonly Stream[];
      try {
        streams = await source.streams();
      } catch (error) {
        const message = `Encountered an error while discovering streams. Error: ${errorMessage(error)}`;
        source.log("ERROR", message);
        return { ok: false, message };
      }
      if (streams.length === 0) return { ok: false, message: "The manifest has no streams to connect to." };
      const byName = new Map(streams.map((stream) => [stream.name, stream]));
      const result = await tryStreams(
        names.map((name) => named(name, byName)),
        source.log,
      );
      if (!result.ok) return result;
      for (const each of dynamic) {
        const checked = await tryGenerated(each["dynamic_stream_name"], each["stream_count"], byName, source);
        if (!checked.ok) return checked;
      }
      return { ok: true };
    };
  },
});

async function tryGenerated(
  definition: Json | undefined,
  count: Json | undefined,
  byName: ReadonlyMap<string, Stream>,
  source: CheckedSource,
): Promise<CheckResult> {
  const names = typeof definition === "string" ? (await source.generated()).get(definition) : undefined;
  if (names === undefined)
    return { ok: false, message: `Dynamic stream ${String(definition)} is not found in manifest.` };
  const tried = typeof count === "number" ? names.slice(0, count) : names;
  return tryStreams(
    tried.map((name) => named(name, byName)),
    source.log,
  );
}

function named(name: string, streams: ReadonlyMap<string, Stream>): Stream {
  const stream = streams.get(name);
  if (stream !== undefined) return stream;
  const like = nearest(name, streams.keys());
  throw systemError(
    `The check names the stream "${name}", which the manifest does not have. ` +
      (like === undefined ? `It has: ${[...streams.keys()].join(", ")}.` : `Is "${like}" meant?`),
  );
}

function namesOf(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value) && value.every((name): name is string => typeof name === "string")) return value;
  throw configError(`${namesKey} must be a list of stream names.`);
}
