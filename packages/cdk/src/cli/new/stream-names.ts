import { singular, snakeCase } from "./draft.ts";

/** An endpoint to be named: its path, identifiers in braces, and how its description calls it. */
export interface Unnamed {
  readonly path: string;
  readonly id: string | undefined;
}

/** A name for each endpoint: its last word in the path, with as many of those before as it takes to be the only one. */
export function nameListings(operations: readonly Unnamed[]): string[] {
  const parts = operations.map(({ path }) =>
    path
      .replace(/\.json$/, "")
      .split("/")
      .filter((part) => part !== "" && !/^v\d+(?:\.\d+)?$/.test(part))
      .filter((part) => !part.startsWith("{"))
      .map(snakeCase)
      .filter((part) => part !== ""),
  );
  const names = parts.map((each) => each.at(-1) ?? "records");
  for (let length = 2; length <= 6; length++) {
    const counts = countsOf(names);
    for (const [index, name] of names.entries()) {
      if (counts.get(name) === 1) continue;
      const words = parts[index]!.slice(-length);
      names[index] = [...words.slice(0, -1).map(singular), ...words.slice(-1)].join("_") || name;
    }
  }
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const id = snakeCase(operations[index]!.id ?? "");
    const own = (seen.get(name) ?? 0) > 0 && id !== "" && !names.includes(id) ? id : name;
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    return count === 1 ? own : `${own}_${count}`;
  });
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
