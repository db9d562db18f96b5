import { component, type Component } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import { recordView, sliceView } from "../../interpolation/views.ts";
import type { ComponentsResolver } from "../../roles.ts";
import { finalCursor } from "../cursors/shared/final.ts";
import { buildRouter } from "../partition-routers/shared/build-router.ts";
import { buildMappings } from "./shared/build-mappings.ts";
import { fillTemplate } from "./shared/fill-template.ts";

export const httpComponentsResolver: Component<"componentsResolver"> = component({
  kind: "componentsResolver",
  type: "HttpComponentsResolver",
  description: "Makes one stream of the template for each record of a request.",
  schema: (slot, z) =>
    z.object({
      retriever: slot("retriever").describe("How the records are read, each of which makes a stream."),
      components_mapping: z
        .array(slot("componentMapping", ["ComponentMappingDefinition"]))
        .describe("What a record changes in the template, in order."),
    }),
  create({ retriever, components_mapping }, scope): ComponentsResolver {
    const { name } = scope.stream;
    const mappings = buildMappings(components_mapping, "HttpComponentsResolver", scope);
    const router = buildRouter(scope.spec(retriever)["partition_router"], scope);
    const cursor = finalCursor(router);
    const { read, ready } = scope.build(retriever, { cursor, providers: router === undefined ? [] : [router.options] });
    return async function* (template) {
      for await (const slice of ready?.(cursor.slices()) ?? cursor.slices()) {
        const view = sliceView(slice);
        for await (const batch of read(slice)) {
          for (let index = 0; index < batch.length; index++) {
            const record = batch.value(index) as JsonObject; // a selector lets only objects through
            const context = { components_values: recordView(record, name, view), stream_slice: view };
            yield fillTemplate(template, mappings, context, filling);
          }
        }
      }
    };
  },
});

/** Values go in as they are. */
const filling = { readsYaml: false, keepsText: true, makesPlaces: false };
