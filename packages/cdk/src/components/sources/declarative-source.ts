import { component, type Component } from "../../component.ts";

/** The manifest's root. */
export const declarativeSource: Component<"piece"> = component({
  kind: "piece",
  type: "DeclarativeSource",
  description: "A connector: its streams, how it is configured and how it is tried.",
  schema: (slot, z) =>
    z.object({
      version: z.string().describe("The version of the manifest language that the manifest is written in."),
      check: slot("check").describe("How a connection is tried."),
      streams: z
        .array(
          z.union([
            slot("piece", ["ConditionalStreams"]),
            slot("stream", ["DeclarativeStream", "StateDelegatingStream"]),
          ]),
        )
        .optional()
        .describe("The streams."),
      dynamic_streams: z
        .array(slot("piece", ["DynamicDeclarativeStream"]))
        .optional()
        .describe("Streams that are made from a template, for what the config or an API names."),
      schemas: z.looseObject({}).optional().describe("JSON Schemas by stream name, for references."),
      definitions: z.looseObject({}).optional().describe("Parts of the manifest, for references."),
      spec: slot("spec").optional().describe("What the config looks like."),
      concurrency_level: slot("concurrencyLevel").optional().describe("How much is read at once."),
      api_budget: slot("apiBudget").optional().describe("How often the API may be called."),
      stream_groups: z
        .record(z.string(), slot("piece", ["StreamGroup"]))
        .optional()
        .describe("Streams that are not read at the same time."),
      max_concurrent_async_job_count: z
        .union([z.int(), z.string()])
        .optional()
        .describe("How many jobs of asynchronous APIs may run at once. May see: config."),
      metadata: z.looseObject({}).optional().describe("Notes of the Connector Builder."),
      description: z.string().optional().describe("What the connector reads."),
    }),
  create: (_, scope) => scope.self,
});
