import type { z } from "zod";
import type { Path } from "./problem.ts";

/** What the language's schema says against a manifest. */
export type Finding =
  | { readonly kind: "missing"; readonly path: Path; readonly field: string; readonly expected: readonly string[] }
  | { readonly kind: "wrong-type"; readonly path: Path; readonly expected: readonly string[] }
  | { readonly kind: "wrong-value"; readonly path: Path; readonly values: readonly string[] }
  /** The `type` at this path names no component that may stand there. */
  | { readonly kind: "wrong-component"; readonly path: Path; readonly types: readonly string[] }
  | { readonly kind: "other"; readonly path: Path; readonly message: string };

type Issue = z.core.$ZodIssue;

/** What an issue of zod comes to; of a union's alternatives only what concerns the one that was meant. */
export function findingsOf(issue: Issue, valueAt: (path: Path) => unknown, above: Path = []): Finding[] {
  const path: Path = [...above, ...issue.path.map((key) => (typeof key === "symbol" ? String(key) : key))];
  const absent = valueAt(path) === undefined && path.length > 0;
  const missing = (expected: readonly string[]): Finding => ({
    kind: "missing",
    path: path.slice(0, -1),
    field: String(path.at(-1)),
    expected,
  });
  switch (issue.code) {
    case "invalid_type":
      return [absent ? missing([issue.expected]) : { kind: "wrong-type", path, expected: [issue.expected] }];
    case "invalid_value": {
      const values = issue.values.map(String);
      if (path.at(-1) === "type" && !absent) return [{ kind: "wrong-component", path, types: values }];
      return [absent ? missing(values) : { kind: "wrong-value", path, values }];
    }
    case "invalid_union": {
      if (issue.errors.length === 0) {
        const types = optionsOf(issue);
        return [absent ? missing(types) : { kind: "wrong-component", path, types }];
      }
      const merged = alternatives(
        issue.errors.map((errors) => errors.flatMap((each) => findingsOf(each, valueAt, path))),
        path,
      );
      return absent ? [missing(merged.flatMap((finding) => ("expected" in finding ? finding.expected : [])))] : merged;
    }
    case "unrecognized_keys":
      return []; // told with all other fields that a component does not have
    default:
      return [{ kind: "other", path, message: issue.message }];
  }
}

/** The types that a discriminated union takes. */
function optionsOf(issue: Issue): readonly string[] {
  // The field is there at run time in every version that names a discriminator; its type came later.
  const { options } = issue as { options?: readonly unknown[] };
  return (options ?? []).map(String);
}

/** Of several alternatives the one that came nearest; those that came equally near are told together. */
function alternatives(all: readonly Finding[][], path: Path): Finding[] {
  const ranks = all.map((findings) => Math.min(...findings.map((finding) => nearness(finding, path))));
  const best = Math.max(...ranks);
  const near = all.filter((_, index) => ranks[index] === best);
  const [first = []] = near;
  if (near.length === 1) return first;
  const heads = near.map((findings) => findings[0]).filter((finding) => finding !== undefined);
  const [head] = heads;
  if (head === undefined || heads.some(({ kind }) => kind !== head.kind)) return shortest(near);
  if (head.kind === "wrong-type") {
    return [{ ...head, expected: unique(heads.flatMap((each) => ("expected" in each ? each.expected : []))) }];
  }
  if (head.kind === "wrong-component") {
    return [{ ...head, types: unique(heads.flatMap((each) => ("types" in each ? each.types : []))) }];
  }
  return shortest(near);
}

/** How far into the value an alternative fitted. */
function nearness(finding: Finding, path: Path): number {
  const depth = finding.path.length - path.length;
  if (finding.kind === "wrong-type") return depth;
  return finding.kind === "wrong-component" ? depth - 0.5 : depth + 1;
}

const shortest = (all: readonly Finding[][]): Finding[] =>
  all.reduce((least, each) => (each.length < least.length ? each : least));

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
