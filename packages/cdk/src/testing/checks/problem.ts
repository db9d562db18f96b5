/** Something that a connector's output does not hold to. */
export interface Problem {
  /** The rule, such as `schema`, `primary-key` or `state-count`. */
  readonly rule: string;
  /** In words: the place, what is there, and what would be right. */
  readonly message: string;
  readonly stream?: string | undefined;
  /** What only strict tests fail of. */
  readonly isWarning?: boolean | undefined;
}

/** Gathers problems. Of one rule in one stream the first few are told, and how many more there are. */
export interface ProblemList {
  add(problem: Problem): void;
  all(): readonly Problem[];
}

const TOLD = 5;

export function createProblemList(): ProblemList {
  const told: Problem[] = [];
  const more = new Map<string, { problem: Problem; count: number }>();
  const counts = new Map<string, number>();
  return {
    add(problem) {
      const key = `${problem.rule}\n${problem.stream ?? ""}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count <= TOLD) told.push(problem);
      else more.set(key, { problem, count: count - TOLD });
    },
    all: () => [
      ...told,
      ...[...more.values()].map(({ problem, count }) => ({ ...problem, message: `… and ${count} more of this rule.` })),
    ],
  };
}
