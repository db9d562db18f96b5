import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { ParentStream } from "../../roles.ts";
import { incomingParentState } from "./shared/parent-state.ts";
import { readParent } from "./shared/read-parent.ts";
import { recordPath } from "./shared/record-path.ts";
import { buildOption } from "../shared/build-option.ts";

export const parentStreamConfig: Component<"parentStream"> = component({
  kind: "parentStream",
  type: "ParentStreamConfig",
  description: "A parent stream: which of its fields makes the partitions of the child.",
  schema: (slot, z) =>
    z.object({
      stream: slot("stream", ["DeclarativeStream", "StateDelegatingStream"]).describe("The parent stream."),
      parent_key: z
        .string()
        .describe(
          "The path, its parts apart by `/`, of a record's value that makes a partition. May see: config, parameters.",
        ),
      partition_field: z.string().describe("The name that the partition's value goes by. May see: config, parameters."),
      request_option: slot("requestOption", ["RequestOption"])
        .optional()
        .describe("Where the value goes in a request."),
      incremental_dependency: z
        .boolean()
        .default(false)
        .describe("Whether only the parent's new records are read; its state is then kept in the child's."),
      lazy_read_pointer: z
        .array(z.string())
        .default([])
        .describe("The path of the child's first page within the parent's record. May see: config, parameters."),
      extra_fields: z
        .array(z.array(z.string()))
        .optional()
        .describe(
          "Paths of more values of the record, for templates under `stream_slice.extra_fields`. May see: config.",
        ),
    }),
  create(spec, scope): ParentStream {
    const { name, spec: child, state } = scope.stream;
    if (spec.lazy_read_pointer.some((part) => part.includes("*"))) {
      throw systemError(`Stream ${name}: lazy_read_pointer has a "*". Only plain paths can be read lazily.`, {
        stream: name,
      });
    }
    if (spec.incremental_dependency && child["incremental_sync"] === undefined) {
      scope.run.log(
        "WARN",
        `Stream ${name} has incremental_dependency but no incremental_sync: nothing keeps the parent's state, so all of ` +
          `its records are read each time. Add incremental_sync, or leave incremental_dependency out.`,
      );
    }
    const field = scope.text(spec.partition_field)({});
    const texts = (sources: readonly string[]): string[] => sources.map((source) => scope.text(source)({}));
    const key = recordPath(scope.text(spec.parent_key)({}).replace(/^\/+/, "").split("/"));
    const extras = (spec.extra_fields ?? []).map((path) => recordPath(texts(path)));
    const lazy = spec.lazy_read_pointer.length === 0 ? undefined : recordPath(texts(spec.lazy_read_pointer));
    const paths = [key, ...extras, ...(lazy === undefined ? [] : [lazy])];
    const stream = scope.build(spec.stream, {
      isParent: true,
      purpose: undefined,
      state: spec.incremental_dependency ? incomingParentState(state ?? {}, spec.stream, scope) : {},
      fields: [...new Set(paths.flatMap(({ fields }) => fields))],
    });
    return {
      stream,
      field,
      lazy: lazy !== undefined,
      partitions: () => readParent({ stream, field, key, extras, lazy }),
      option: spec.request_option && buildOption(spec.request_option, scope),
      state: () => (spec.incremental_dependency ? stream.cursor.state() : undefined),
    };
  },
});
