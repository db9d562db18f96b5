import { compileTemplate } from "../../interpolation/template.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Language } from "../language.ts";
import { once } from "../once.ts";
import type { Locator } from "./locator.ts";
import type { Problem } from "./problem.ts";
import type { Survey } from "./survey.ts";

/** The names of one thing: templates may use any of them. */
const ALIASES: readonly (readonly string[])[] = [["stream_slice", "stream_interval", "stream_partition"]];

/** Templates that cannot be evaluated, and variables that are not to be had where they stand. */
export function templateProblems(language: Language, { texts }: Survey, locator: Locator): Problem[] {
  const known = once(() => knownVariables(language));
  return texts.flatMap(({ value, description, path }) => {
    const visible = /\{[{%]/.test(value) ? variablesOf(description) : undefined;
    if (visible === undefined) return [];
    return look(value, visible, known).map((told) => ({ ...told, path: path.join("."), offset: locator.value(path) }));
  });
}

type Told = Pick<Problem, "severity" | "code" | "message" | "hint">;

function look(source: string, visible: ReadonlySet<string>, known: () => ReadonlySet<string>): Told[] {
  const template = compileTemplate(source);
  if (template.error !== undefined) {
    return [{ severity: "error", code: template.error.code ?? "template-syntax", message: template.error.message }];
  }
  const names = new Set(template.reads.map(([name]) => name));
  return [...names]
    .filter((name) => !visible.has(name))
    .map((name) => ({
      // A name that other fields may use is perhaps a guess that comes true; any other is a mistake.
      severity: known().has(name) ? "warning" : "error",
      code: "unknown-variable",
      message: `\`${name}\` is nothing that this template can see; it sees: ${[...visible].sort().join(", ")}.`,
      hint: nearest(name, visible),
    }));
}

/** The variables that a field's templates may see, as its description says; undefined where it takes none. */
export function variablesOf(description: string): ReadonlySet<string> | undefined {
  const list = /\bMay see: ([a-z_, ]+)/.exec(description)?.[1];
  if (list === undefined) return undefined;
  const names = list.split(",").map((name) => name.trim());
  const more = ALIASES.filter((group) => group.some((name) => names.includes(name))).flat();
  return new Set([...names, ...more, "parameters"].filter((name) => name !== ""));
}

/** Every variable that some field of the language may see. */
function knownVariables(language: Language): ReadonlySet<string> {
  const known = new Set<string>();
  for (const type of language.components.keys()) {
    for (const field of Object.values(language.schemaOf(type).shape)) {
      for (const name of variablesOf((field as { description?: string }).description ?? "") ?? []) known.add(name);
    }
  }
  return known;
}
