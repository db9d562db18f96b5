export type Severity = "error" | "warning";

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
}

export type Path = readonly (string | number)[];

/** A list of choices, for a message; a long one is cut short. */
export function choices(words: readonly string[], most = 12): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `… (${words.length} in all)`] : words;
  return shown.join(", ");
}

/** Errors first, each kind in the order of the text. A shared part is looked at wherever it is used, and told once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  const rank = ({ severity }: Problem): number => (severity === "error" ? 0 : 1);
  return problems
    .filter(({ offset, message }) => !seen.has(`${offset} ${message}`) && seen.add(`${offset} ${message}`))
    .sort((a, b) => rank(a) - rank(b) || a.offset - b.offset);
}
