import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { truthy } from "../../json/truthy.ts";
import { get, set, type JsonObject } from "../../json/value.ts";
import type { PartitionRouter } from "../../roles.ts";
import { injectOptions } from "../shared/inject-option.ts";

export const substreamPartitionRouter: Component<"partitionRouter"> = component({
  kind: "partitionRouter",
  type: "SubstreamPartitionRouter",
  description: "One partition for each record of a parent stream.",
  schema: (slot, z) =>
    z.object({
      parent_stream_configs: z
        .array(slot("parentStream", ["ParentStreamConfig"]))
        .describe("The streams whose records become partitions, one after the other."),
    }),
  create({ parent_stream_configs }, scope): PartitionRouter {
    if (parent_stream_configs.length === 0) {
      throw systemError(
        `Stream ${scope.stream.name}: parent_stream_configs is empty. Name at least one parent stream.`,
      );
    }
    const configs = parent_stream_configs.map((config) => scope.build(config));
    const placed = configs.filter(({ option }) => option !== undefined);
    return {
      async *partitions() {
        for (const config of configs) yield* config.partitions();
      },
      options: ({ slice }) =>
        injectOptions(
          placed.flatMap(({ field, option }) => {
            const value = get(slice.partition, field);
            return option === undefined || value === undefined || !truthy(value) ? [] : [[option, value] as const];
          }),
        ),
      fields: configs.map(({ field }) => field),
      injects: placed.length > 0,
      parents: [...new Set(configs.flatMap(({ stream }) => [stream.name, ...stream.parents]))],
      state() {
        const states: JsonObject = {};
        for (const config of configs) {
          const state = config.state();
          if (state !== undefined) set(states, config.stream.name, state);
        }
        return states;
      },
      lazy: configs.some((config) => config.lazy),
    };
  },
});
