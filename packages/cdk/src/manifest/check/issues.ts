import type { z } from "zod";
import type { Json, JsonObject } from "../../json/value.ts";
import type { Language } from "../language.ts";
import { plainNumbers } from "../plain-numbers.ts";

/** Whether the language has nothing against a resolved manifest. */
export function isAccepted(language: Language, manifest: JsonObject): boolean {
  const accepts = (value: Json): boolean => language.accepts("DeclarativeSource", value);
  if (accepts(manifest)) return true;
  // Mostly there are no such numbers, so they are looked for only now.
  const plain = plainNumbers(manifest);
  return plain !== manifest && accepts(plain);
}

/** What the language, one that explains, has against a resolved manifest. */
export function issuesOf(language: Language, manifest: JsonObject): readonly z.core.$ZodIssue[] {
  if (isAccepted(language, manifest)) return [];
  return language.schemaOf("DeclarativeSource").safeParse(plainNumbers(manifest)).error?.issues ?? [];
}
