import { configError } from "../errors.ts";
import type { JsonObject } from "../json/value.ts";
import type { Language } from "./language.ts";

/** How many problems a message names. `ferry manifest validate` shows all, with their places in the file. */
const shown = 10;

/** Throws what is wrong with a resolved manifest, as one error. */
export function assertValid(language: Language, manifest: JsonObject): void {
  const result = language.schemaOf("DeclarativeSource").safeParse(manifest);
  if (result.success) return;
  const { issues } = result.error;
  const lines = issues
    .slice(0, shown)
    .map(({ path, message }) => `${path.map(String).join(".") || "manifest"}: ${message}`);
  const more = issues.length > shown ? [`and ${issues.length - shown} more`] : [];
  throw configError(`The manifest is invalid. ${[...lines, ...more].join("; ")}`, { code: "manifest-invalid" });
}
