import { component, type Component } from "../component.ts";
import type { Kind } from "../roles.ts";

/**
 * The type `Custom…` of a kind: what a manifest says when it names a class. What is built is the component of that name,
 * which the connector brings along (see `Language.classOf`); where there is none, this one stands for it until then.
 */
export function custom<K extends Kind>(kind: K, type: string): Component<K> {
  return component({
    kind,
    type,
    description: "A component of the connector's own, by the name of its class.",
    schema: (_, z) => z.object({ class_name: z.string().describe("The component's name; its last segment counts.") }),
    create({ class_name }) {
      throw new Error(`${class_name} was not found, and should not have been built.`);
    },
  });
}
