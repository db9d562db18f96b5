import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { printJson } from "../../json/print.ts";
import { copy, entries, get, has, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import type { Partition, PartitionRouter } from "../../roles.ts";
import { noRequestOptions } from "./shared/no-request-options.ts";
import { valueKey } from "./shared/value-key.ts";

export const unionPartitionRouter: Component<"partitionRouter"> = component({
  kind: "partitionRouter",
  type: "UnionPartitionRouter",
  description: "The partitions of several routers, each once.",
  schema: (slot, z) =>
    z.object({
      partition_field: z
        .string()
        .describe("The name that a partition's value goes by, in all of the routers. May see: config, parameters."),
      partition_routers: z
        .array(
          slot("partitionRouter", [
            "ListPartitionRouter",
            "SubstreamPartitionRouter",
            "UnionPartitionRouter",
            "CustomPartitionRouter",
          ]),
        )
        .min(2)
        .describe("The routers, one after the other; a value that came before is left out. None has request options."),
    }),
  create({ partition_field, partition_routers }, scope): PartitionRouter {
    const stream = scope.stream.name;
    const field = scope.text(partition_field)({});
    const routers = partition_routers.map((each) =>
      noRequestOptions(scope.build(each), "UnionPartitionRouter", stream),
    );
    for (const [index, router] of routers.entries()) {
      for (const other of router.fields ?? []) {
        if (other !== field) throw otherField(stream, field, partition_routers[index]!.type, other);
      }
    }
    let told = false;
    return {
      async *partitions() {
        const seen = new Set<string>();
        for (const router of routers) {
          for await (const given of router.partitions()) {
            const value = valueOf(given, field, stream);
            const key = valueKey(value);
            if (seen.has(key)) continue;
            seen.add(key);
            yield { partition: { [field]: value }, extra: carried(given, field) };
          }
        }
      },
      options: () => ({}),
      fields: [field],
      parents: [...new Set(routers.flatMap(({ parents }) => parents))],
      state() {
        const states: JsonObject = {};
        for (const router of routers) {
          for (const [name, state] of entries(router.state() ?? {})) {
            if (has(states, name) && !told) {
              told = true;
              scope.run.log(
                "WARN",
                `Stream ${stream}: several routers of its union read ${name}; the last one's state is kept.`,
              );
            }
            set(states, name, state);
          }
        }
        return states;
      },
    };
  },
});

function valueOf({ partition }: Partition, field: string, stream: string): Json {
  const value = get(partition, field);
  if (value === undefined) {
    throw systemError(`Stream ${stream}: a router of its union made ${printJson(partition)}, without "${field}".`, {
      stream,
    });
  }
  if (!isObject(value) && !Array.isArray(value)) return value;
  throw systemError(`Stream ${stream}: its union cannot compare the value ${printJson(value)} of "${field}".`, {
    stream,
  });
}

/** The other members of a partition become extra fields, so that equal values make equal partitions. */
function carried({ partition, extra }: Partition, field: string): JsonObject {
  const fields = copy(extra);
  for (const [key, value] of entries(partition)) if (key !== field) set(fields, key, value);
  return fields;
}

function otherField(stream: string, field: string, type: string, other: string): Error {
  return systemError(
    `Stream ${stream}: its UnionPartitionRouter has the partition_field "${field}", but a ${type} in it makes "${other}". ` +
      `Name the same field in all of them.`,
    { stream },
  );
}
