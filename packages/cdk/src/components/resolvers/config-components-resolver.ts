import { component, type Component, type Scope } from "../../component.ts";
import type { Context } from "../../interpolation/template.ts";
import { tuple } from "../../interpolation/value/value.ts";
import { entries, has, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import type { ComponentMapping, ComponentsResolver } from "../../roles.ts";
import { fillTemplate, type Filling } from "./shared/fill-template.ts";

export const configComponentsResolver: Component<"componentsResolver"> = component({
  kind: "componentsResolver",
  type: "ConfigComponentsResolver",
  description: "Makes one stream of the template for each item of a list in the config.",
  schema: (slot, z) => {
    const part = slot("streamConfig", ["StreamConfig"]);
    return z.object({
      stream_config: z
        .union([z.array(part), part])
        .describe(
          "Where the config lists what makes a stream each; of several lists, each item with each of the others.",
        ),
      components_mapping: z
        .array(slot("componentMapping", ["ComponentMappingDefinition"]))
        .describe("What an item changes in the template, in order."),
    });
  },
  create({ stream_config, components_mapping }, scope): ComponentsResolver {
    const lists = [stream_config].flat().map((each) => scope.build(each));
    const mappings = components_mapping.map((each) => scope.build(each));
    const filling: Filling = {
      readsYaml: true,
      keepsText: true,
      makesPlaces: true,
      applies: conditionsOf(mappings, scope),
    };
    return async function* (template) {
      for (const items of combinations(lists.map((list) => list()))) {
        yield fillTemplate(template, mappings, { components_values: merged(items) }, filling);
      }
    };
  },
});

/** As in the reference conditions see the resolver's parameters, not the mapping's own. */
function conditionsOf(
  mappings: readonly ComponentMapping[],
  scope: Scope,
): (mapping: ComponentMapping, context: Context) => boolean {
  const holds = new Map(
    mappings.map((mapping) => [
      mapping,
      mapping.condition === undefined ? undefined : scope.condition(mapping.condition),
    ]),
  );
  return (mapping, context) => holds.get(mapping)?.(context) ?? true;
}

type Item = readonly [index: number, value: Json];

/** Each item of the first list with each of the next, and so on, the last one's changing fastest. */
function* combinations(lists: readonly (readonly Json[])[], chosen: readonly Item[] = []): Generator<readonly Item[]> {
  const list = lists[chosen.length];
  if (list === undefined) yield chosen;
  else for (const [index, value] of list.entries()) yield* combinations(lists, [...chosen, [index, value]]);
}

/** The members of all items, those of later ones first in line; what is no object goes by a name of its own. */
function merged(items: readonly Item[]): JsonObject {
  const values: JsonObject = {};
  for (const [place, [index, value]] of items.entries()) {
    const name = `source_config_${place}`;
    if (isObject(value)) for (const [key, member] of entries(value)) set(values, key, member);
    else if (!has(values, name)) set(values, name, tuple([index, value]));
  }
  return values;
}
