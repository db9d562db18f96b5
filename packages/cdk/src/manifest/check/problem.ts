/**
 * An error keeps the manifest, or the part of it that has it, from running. A warning tells what runs, but hardly as it
 * was meant. A note tells what is well, but could be said in a newer way.
 */
export type Severity = "error" | "warning" | "note";
const RANKS: readonly Severity[] = ["error", "warning", "note"];

/** All kinds of problems; docs/manifest-lints.md says what each means. */
export const problemCodes: Readonly<Record<Severity, readonly string[]>> = {
  error: [
    "syntax",
    "broken-reference",
    "parameters-not-a-mapping",
    "unresolvable",
    "unknown-type",
    "misplaced-component",
    "unknown-class",
    "missing-field",
    "misspelt-field",
    "unknown-field",
    "wrong-type",
    "wrong-value",
    "invalid",
    "template-syntax",
    "template-stream-state",
    "unknown-variable",
  ],
  warning: [
    "duplicate-key",
    "unknown-field",
    "unknown-variable",
    "changed-type",
    "invalid-json-schema",
    "field-not-in-schema",
    "unused-definition",
    "newer-version",
  ],
  note: ["deprecated"],
};

/** Something about a manifest that its author should know. */
export interface Problem {
  readonly severity: Severity;
  /** A stable name of this kind of problem, in kebab-case. */
  readonly code: string;
  readonly message: string;
  /** Where it is, in characters from the start of the text. */
  readonly offset: number;
  /** Where it is in the manifest: `streams.0.retriever.requester`. */
  readonly path: string;
  /** What was probably meant. */
  readonly hint?: string | undefined;
  /** Code to begin with, where some is missing. */
  readonly stub?: string | undefined;
}

export type Path = readonly (string | number)[];

/** A list of choices, for a message; a long one is cut short. */
export function choices(words: readonly string[], most = 12): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `… (${words.length} in all)`] : words;
  return shown.join(", ");
}

/** Errors first, notes last, each kind in the order of the text. A shared part is looked at wherever it is used, and told once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ offset, message }) => !seen.has(`${offset} ${message}`) && seen.add(`${offset} ${message}`))
    .sort((a, b) => RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity) || a.offset - b.offset);
}
