import { component, type Component } from "../component.ts";
import { configError } from "../errors.ts";
import type { Kind } from "../roles.ts";

/** The type `Custom…` of a kind: what a manifest says when it names a class that the connector does not bring along. */
export function custom<K extends Kind>(kind: K, type: string): Component<K> {
  return component({
    kind,
    type,
    description: "A component of the connector's own, by the name of its class.",
    schema: (_, z) =>
      z.looseObject({ class_name: z.string().describe("The component's name; its last segment counts.") }),
    create({ class_name }, { stream }) {
      const name = class_name.slice(class_name.lastIndexOf(".") + 1);
      throw configError(
        `Stream ${stream.name}: the manifest names the custom component ${class_name}, which is not there. Write it as ` +
          `\`component({ kind: "${kind}", type: "${name}", … })\` in a file of the connector, such as ` +
          `${fileName(name)}, and pass it with the connector's components.`,
        { stream: stream.name, code: "unknown-custom-component" },
      );
    },
  });
}

const fileName = (name: string): string => `${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.ts`;
