import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { printJson } from "../../json/print.ts";
import { get, keys, set, type Json, type JsonObject } from "../../json/value.ts";
import type { Partition, PartitionRouter } from "../../roles.ts";
import { noRequestOptions } from "./shared/no-request-options.ts";
import { valueKey } from "./shared/value-key.ts";

export const groupingPartitionRouter: Component<"partitionRouter"> = component({
  kind: "partitionRouter",
  type: "GroupingPartitionRouter",
  description: "Puts several partitions into one, so that one request asks for many.",
  schema: (slot, z) =>
    z.object({
      group_size: z.int().describe("How many partitions are read together."),
      underlying_partition_router: slot("partitionRouter", [
        "ListPartitionRouter",
        "SubstreamPartitionRouter",
        "UnionPartitionRouter",
        "CustomPartitionRouter",
      ]).describe("Makes the partitions that are grouped. It cannot have request options of its own."),
      deduplicate: z.boolean().default(true).describe("Whether a value that came before is left out."),
    }),
  create({ group_size, underlying_partition_router, deduplicate }, scope): PartitionRouter {
    const stream = scope.stream.name;
    if (group_size < 1)
      throw systemError(`Stream ${stream}: group_size is ${group_size}. It must be 1 or more.`, { stream });
    const router = noRequestOptions(scope.build(underlying_partition_router), "GroupingPartitionRouter", stream);
    return {
      async *partitions() {
        const seen = new Set<string>();
        let group: Partition[] = [];
        for await (const partition of router.partitions()) {
          if (deduplicate) {
            const key = valueKey(onlyValue(partition, stream));
            if (seen.has(key)) continue;
            seen.add(key);
          } else onlyValue(partition, stream);
          group.push(partition);
          if (group.length < group_size) continue;
          yield joined(group);
          group = [];
        }
        if (group.length > 0) yield joined(group);
      },
      options: () => ({}),
      parents: router.parents,
      state: () => router.state(),
      grouped: true,
    };
  },
});

/** The value of a partition; a substream's also names its parent's slice, which does not count. */
function onlyValue({ partition }: Partition, stream: string): Json {
  const [field, another] = keys(partition).filter((key) => key !== "parent_slice");
  if (field !== undefined && another === undefined) return partition[field]!;
  throw systemError(
    `Stream ${stream}: a GroupingPartitionRouter groups partitions of one value, but got ${printJson(partition)}.`,
    { stream },
  );
}

function joined(group: readonly Partition[]): Partition {
  return {
    partition: listed(
      keys(group[0]!.partition),
      group.map(({ partition }) => partition),
    ),
    extra: listed(
      new Set(group.flatMap(({ extra }) => keys(extra))),
      group.map(({ extra }) => extra),
    ),
  };
}

function listed(names: Iterable<string>, members: readonly JsonObject[]): JsonObject {
  const lists: JsonObject = {};
  for (const name of names)
    set(
      lists,
      name,
      members.map((member) => get(member, name) ?? null),
    );
  return lists;
}
