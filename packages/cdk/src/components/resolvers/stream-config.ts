import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { printJson } from "../../json/print.ts";
import { isList, type Json } from "../../json/value.ts";
import type { StreamConfig } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";

export const streamConfig: Component<"streamConfig"> = component({
  kind: "streamConfig",
  type: "StreamConfig",
  description: "Where the config holds the list that dynamic streams are made for.",
  schema: (_, z) =>
    z.object({
      configs_pointer: z
        .array(z.string())
        .describe("The path of the list in the config, its parts globs. May see: config, parameters."),
      default_values: z.array(z.looseObject({})).optional().describe("Items that are there besides the config's."),
    }),
  create({ configs_pointer, default_values = [] }, scope): StreamConfig {
    const parts = configs_pointer.map((part) => scope.template(part));
    return () => {
      const config = scope.config.get();
      const [found = [], another] =
        parts.length === 0 ? [config] : compilePath(parts.map((part) => part({}) ?? null)).values(config);
      if (another !== undefined) {
        throw systemError(
          `A StreamConfig's configs_pointer ${printJson(configs_pointer)} matches several values of the config: it may match one.`,
        );
      }
      return [...(isList(found) ? found : [found]), ...(default_values as readonly Json[])]; // a manifest is JSON
    };
  },
});
