import type { z } from "zod";
import type { JsonObject } from "../../json/value.ts";
import type { Language } from "../language.ts";
import { plainNumbers } from "../plain-numbers.ts";

/** What the language's schema has against a resolved manifest. */
export function issuesOf(language: Language, manifest: JsonObject): readonly z.core.$ZodIssue[] {
  const schema = language.schemaOf("DeclarativeSource");
  const issues = schema.safeParse(manifest).error?.issues ?? [];
  if (issues.length === 0) return issues;
  // Mostly there are no such numbers, so they are looked for only now.
  const plain = plainNumbers(manifest);
  return plain === manifest ? issues : (schema.safeParse(plain).error?.issues ?? []);
}
