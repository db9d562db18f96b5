import { component, type Component } from "../../component.ts";
import type { RecordFilter } from "../../roles.ts";

export const recordFilter: Component<"recordFilter"> = component({
  kind: "recordFilter",
  type: "RecordFilter",
  description: "Keeps the records for which a condition holds.",
  schema: (_, z) =>
    z.object({
      condition: z
        .string()
        .default("")
        .describe(
          "Records for which it is false are left out. May see: config, next_page_token, parameters, record, " +
            "stream_interval, stream_partition, stream_slice.",
        ),
    }),
  create({ condition }, scope): RecordFilter {
    const holds = scope.condition(condition);
    return (_, context) => holds(context);
  },
});
