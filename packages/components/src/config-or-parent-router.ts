import { component, configError, ref, type Component, type Json, type Partition } from "ferry-cdk";

/**
 * Partitions of the values that the user gave, e.g. some ids; where there are none, those that the parent streams have.
 */
export const configOrParentRouter: Component<"partitionRouter"> = component({
  kind: "partitionRouter",
  type: "ConfigOrParentRouter",
  description: "Partitions of values in the config, else of parent streams.",
  schema: (slot, z) =>
    z.object({
      values: z.string().describe("A template that gives a list, or one value. May see: config, parameters."),
      cursor_field: z
        .string()
        .describe("The name that a partition's value goes by; the parents' `partition_field` too."),
      parent_stream_configs: z.array(slot("parentStream")).describe("Where the values come from otherwise."),
    }),
  create(spec, scope) {
    const given = scope.template(spec.values)({}) ?? null;
    const values: readonly Json[] = given === null || given === "" ? [] : Array.isArray(given) ? given : [given];
    const parents = scope.spec(ref("partitionRouter", { ...scope.self, type: "ConfigOrParentRouter" }));
    if (values.length === 0) {
      return scope.build(
        ref("partitionRouter", {
          type: "SubstreamPartitionRouter",
          parent_stream_configs: parents["parent_stream_configs"] ?? [],
        }),
      );
    }
    if (values.some((value) => typeof value === "object")) {
      throw configError(`Stream ${scope.stream.name}: ${spec.values} must give a list of plain values.`);
    }
    return {
      async *partitions(): AsyncGenerator<Partition> {
        for (const value of values) yield { partition: { [spec.cursor_field]: value }, extra: {} };
      },
      options: () => ({}),
      parents: [],
      state: () => undefined,
      fields: [spec.cursor_field],
    };
  },
});
