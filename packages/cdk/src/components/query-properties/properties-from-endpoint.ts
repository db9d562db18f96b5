import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import { get, isObject, type Json } from "../../json/value.ts";
import { emptySlice } from "../shared/empty-slice.ts";
import { standAlone } from "../shared/stand-alone.ts";
import { withCache } from "../shared/with-cache.ts";
import type { PropertyList } from "../../roles.ts";

export const propertiesFromEndpoint: Component<"propertyList"> = component({
  kind: "propertyList",
  type: "PropertiesFromEndpoint",
  description: "Asks the API which properties there are to ask for.",
  schema: (slot, z) =>
    z.object({
      property_field_path: z
        .array(z.string())
        .describe("The path of a property's name in each record. May see: config, parameters."),
      retriever: slot("retriever").describe("How the properties are read."),
    }),
  create({ property_field_path, retriever }, scope): PropertyList {
    const path = property_field_path.map((part) => scope.text(part));
    const { read } = scope.build(withCache(retriever, scope), {
      name: "dynamic_properties",
      ...standAlone(),
    });
    let names: Promise<readonly string[]> | undefined;
    const load = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      const at = path.map((part) => part({}));
      for await (const batch of read(emptySlice)) {
        for (let index = 0; index < batch.length; index++) found.push(str(lookUp(batch.value(index), at)));
      }
      return found;
    };
    return () => (names ??= load());
  },
});

function lookUp(value: Json, path: readonly string[]): Json {
  let place: Json | undefined = value;
  for (const name of path) place = place !== undefined && isObject(place) ? get(place, name) : undefined;
  return place ?? [];
}
