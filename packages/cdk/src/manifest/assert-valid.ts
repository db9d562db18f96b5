import { systemError } from "../errors.ts";
import { has, type JsonObject } from "../json/value.ts";
import { isAccepted } from "./check/issues.ts";
import { languageProblems } from "./check/language-problems.ts";
import { createLocator } from "./check/locator.ts";
import { survey } from "./check/survey.ts";
import type { Language } from "./language.ts";
import { createTrace } from "./trace.ts";
import { createPlaces } from "../yaml/places.ts";

/** How many problems a message names. `ferry manifest validate` shows all, with their places in the file. */
const shown = 10;

/** Throws what is wrong with a resolved manifest, as one error: of its author, not of the config. */
export async function assertValid(language: Language, manifest: JsonObject): Promise<void> {
  const isSource = has(manifest, "streams") || has(manifest, "dynamic_streams");
  if (isSource && isAccepted(language, manifest)) return;
  throw systemError(`The manifest is invalid. ${problemLines(await language.explaining(), manifest).join(" ")}`, {
    code: "manifest-invalid",
  });
}

/** What is wrong with a resolved manifest, each problem with its place in it. The language has to be one that explains. */
export function problemLines(language: Language, manifest: JsonObject): string[] {
  const locator = createLocator(manifest, createTrace(), createPlaces());
  const problems = languageProblems(language, manifest, survey(language, manifest), locator);
  const errors = problems.filter(({ severity }) => severity === "error");
  const lines = errors.slice(0, shown).map(({ path, message, hint }) => {
    return `${path || "manifest"}: ${message}${hint === undefined ? "" : ` Did you mean ${hint}?`}`;
  });
  return errors.length > shown ? [...lines, `And ${errors.length - shown} more.`] : lines;
}
