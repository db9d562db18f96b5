import { component, type Component } from "../../component.ts";

export const dynamicStreamCheckConfig: Component<"piece"> = component({
  kind: "piece",
  type: "DynamicStreamCheckConfig",
  description: "How many of the streams of one dynamic stream a check reads.",
  schema: (_, z) =>
    z.object({
      dynamic_stream_name: z.string().describe("The name of a definition under `dynamic_streams`."),
      stream_count: z.int().min(1).optional().describe("How many of its streams are tried; all when left out."),
    }),
  create: (_, scope) => scope.self,
});
