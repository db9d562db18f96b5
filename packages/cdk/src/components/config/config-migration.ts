import { component, type Component } from "../../component.ts";
import type { ConfigTransformation } from "../../roles.ts";

export const configMigration: Component<"configMigration"> = component({
  kind: "configMigration",
  type: "ConfigMigration",
  description: "Brings configs of an older form up to date; the platform is told the new one.",
  schema: (slot, z) =>
    z.object({
      description: z.string().optional().describe("What the migration is for."),
      transformations: z.array(slot("configTransformation")).describe("Its steps, in order."),
    }),
  create({ transformations }, scope): ConfigTransformation {
    const steps = transformations.map((each) => scope.build(each));
    return (config) => {
      for (const step of steps) step(config);
    };
  },
});
