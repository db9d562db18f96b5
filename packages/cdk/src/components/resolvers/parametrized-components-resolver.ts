import { component, type Component } from "../../component.ts";
import { isList, type Json } from "../../json/value.ts";
import type { ComponentsResolver } from "../../roles.ts";
import { buildMappings } from "./shared/build-mappings.ts";
import { fillTemplate } from "./shared/fill-template.ts";

export const parametrizedComponentsResolver: Component<"componentsResolver"> = component({
  kind: "componentsResolver",
  type: "ParametrizedComponentsResolver",
  description: "Makes one stream of the template for each set of parameters listed here.",
  schema: (slot, z) =>
    z.object({
      stream_parameters: slot("piece", ["StreamParametersDefinition"]).describe("What the streams are made of."),
      components_mapping: z
        .array(slot("componentMapping", ["ComponentMappingDefinition"]))
        .describe("What the values of a stream change in the template, in order."),
    }),
  create({ stream_parameters, components_mapping }, scope): ComponentsResolver {
    const mappings = buildMappings(components_mapping, "ParametrizedComponentsResolver", scope);
    const streams = scope.spec(stream_parameters)["list_of_parameters_for_stream"];
    return async function* (template) {
      for (const values of isList(streams) ? streams : ([] as Json[])) {
        yield fillTemplate(template, mappings, { components_values: values }, filling);
      }
    };
  },
});

/** As in the reference even a value that is declared as text is read as YAML. */
const filling = { readsYaml: true, keepsText: false, makesPlaces: true };
