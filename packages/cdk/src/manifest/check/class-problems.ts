import type { Language } from "../language.ts";
import { unknownClass } from "../unknown-class.ts";
import type { Locator } from "./locator.ts";
import type { Problem } from "./problem.ts";
import type { Survey } from "./survey.ts";

/** Classes that the manifest names and that the connector does not bring along, each with what to write. */
export function classProblems(
  language: Language,
  { mappings }: Survey,
  locator: Locator,
  folder: string | undefined,
): Problem[] {
  return mappings.flatMap(({ value, path }) => {
    const unknown = unknownClass(language, value, folder);
    if (unknown === undefined) return [];
    const at = [...path, "class_name"];
    const { message, stub } = unknown;
    return [{ severity: "error", code: "unknown-class", message, stub, path: at.join("."), offset: locator.value(at) }];
  });
}
