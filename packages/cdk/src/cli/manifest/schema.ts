import { languageSchema } from "../../manifest/language-schema.ts";
import { loadLanguage } from "../../manifest/plan.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** Prints the JSON Schema of the manifest language. */
export async function printSchema(terminal: Terminal): Promise<ExitCode> {
  const { z } = await import("zod");
  const language = await (await loadLanguage([])).explaining();
  terminal.print(`${JSON.stringify(languageSchema(language, z), undefined, 2)}\n`);
  return 0;
}
