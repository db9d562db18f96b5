import { component, type Component } from "../../component.ts";
import type { Check } from "../../roles.ts";
import { tryStreams } from "./shared/availability.ts";

export const checkDynamicStream: Component<"check"> = component({
  kind: "check",
  type: "CheckDynamicStream",
  description: "Tries a connection by reading some of the streams that dynamic streams come to.",
  schema: (_, z) =>
    z.object({
      stream_count: z.int().describe("How many streams to try, in the manifest's order."),
      use_check_availability: z.boolean().default(true).describe("Whether they are read; else being made is enough."),
      config_overrides: z.looseObject({}).optional().describe("Values of the config that hold during the check only."),
    }),
  create:
    ({ stream_count, use_check_availability }): Check =>
    async (source) => {
      const few = use_check_availability && stream_count >= 1;
      const streams = few ? await source.firstStreams(stream_count) : await source.streams();
      if (streams.length === 0) return { ok: false, message: "The manifest has no streams to connect to." };
      if (!use_check_availability) return { ok: true };
      // As in Python a negative count leaves out so many from the end.
      return tryStreams(streams.slice(0, Math.min(stream_count, streams.length)), source.log);
    },
});
