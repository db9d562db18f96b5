import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { parseJson } from "../../json/parse.ts";
import { isObject } from "../../json/value.ts";
import type { SchemaLoader } from "../../roles.ts";

export const jsonFileSchemaLoader: Component<"schemaLoader"> = component({
  kind: "schemaLoader",
  type: "JsonFileSchemaLoader",
  description: "Reads the stream's JSON Schema from a file beside the manifest.",
  schema: (_, z) =>
    z
      .object({
        file_path: z
          .string()
          .optional()
          .describe(
            "The file, from the manifest's folder; `./<stream>.json` when left out. May see: config, parameters.",
          ),
      })
      .meta({
        deprecated: true,
        description: "An older form of `InlineSchemaLoader`: the schema is a file of its own.",
      }),
  create({ file_path = "./{{ parameters['name'] }}.json" }, scope): SchemaLoader {
    const path = scope.text(file_path);
    const { folder = process.cwd() } = scope.run;
    return async () => {
      const file = join(folder, path({}));
      const text = await readFile(file, "utf8").catch((cause: unknown) => {
        throw configError(`Stream ${scope.stream.name}: the schema file ${file} cannot be read.`, { cause });
      });
      const schema = parseJson(text);
      if (!isObject(schema)) throw configError(`${file}: the schema of stream ${scope.stream.name} must be an object.`);
      return schema;
    };
  },
});
