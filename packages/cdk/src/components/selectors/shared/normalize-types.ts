import type { Scope } from "../../../component.ts";
import { printJson } from "../../../json/print.ts";
import type { SchemaNormalization } from "../../../roles.ts";
import { typeCaster } from "./cast-types.ts";

/** The normalization named `Default`. It says once a field that a value cannot be cast. */
export function normalizeTypes({ stream, run }: Scope): SchemaNormalization {
  const said = new Set<string>();
  return (schema) =>
    typeCaster(schema, (field, value, type) => {
      if (said.has(field)) return;
      said.add(field);
      run.log(
        "WARN",
        `Stream ${stream.name}: field ${field} is ${printJson(value).slice(0, 60)} in a record, which cannot be cast to ` +
          `${type} as the schema wants; it stays as it is. This is said once a field.`,
      );
    });
}
