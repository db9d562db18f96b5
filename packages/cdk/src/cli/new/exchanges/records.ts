import { entries, isList, isObject, type Json } from "../../../json/value.ts";
import type { Finding } from "../draft.ts";
import { isAnswerPart, isHolder, type AnswerPart } from "../paging-names.ts";

/** Finds where answers have their records: the longest list of objects, one of a usual name before others. */
export function findRecordsIn(
  bodies: readonly Json[],
  names: readonly string[],
): { readonly path: readonly string[]; readonly finding: Finding } | undefined {
  const lists = new Map<string, { path: readonly string[]; length: number }>();
  for (const body of bodies) {
    for (const [path, length] of listsOf(body)) {
      const key = path.join("\n");
      lists.set(key, { path, length: (lists.get(key)?.length ?? 0) + length });
    }
  }
  const score = ({ path, length }: { path: readonly string[]; length: number }): number => {
    const last = path.at(-1)?.toLowerCase() ?? "";
    const usual = /^(?:data|items|results|records|values?|entries|rows|nodes|content)$/.test(last) ? 50 : 0;
    return (
      (path.length === 0 ? 1000 : 0) + (names.includes(last) ? 100 : usual) + Math.min(length, 40) - path.length * 5
    );
  };
  const ranked = [...lists.values()].sort((one, other) => score(other) - score(one));
  const [best] = ranked;
  if (best === undefined) return undefined;
  return {
    path: best.path,
    finding: {
      subject: "records",
      value: best.path.length === 0 ? "(the answer)" : best.path.join("."),
      confidence: ranked.length === 1 ? "high" : score(best) >= 100 ? "medium" : "low",
      why: `${ranked.length === 1 ? "the only list" : `one of ${ranked.length} lists`} of objects, ${best.length} of them in ${bodies.length === 1 ? "the answer" : `${bodies.length} answers`}`,
    },
  };
}

/** Lists of objects, at up to four levels; an empty list counts where it has no name better known. */
function* listsOf(value: Json, above: readonly string[] = []): Generator<readonly [readonly string[], number]> {
  if (isList(value)) {
    if (value.length > 0 && value.every(isObject)) yield [above, value.length];
    return;
  }
  if (!isObject(value) || above.length >= 4) return;
  for (const [name, member] of entries(value)) yield* listsOf(member, [...above, name]);
}

/** Values in an answer that may be a part of its pagination. */
export function answerPartsIn(
  body: Json,
  above: readonly string[] = [],
): { readonly part: AnswerPart; readonly path: readonly string[]; readonly value: Json }[] {
  if (!isObject(body)) return [];
  return entries(body).flatMap(([name, value]) => {
    const path = [...above, name];
    if (isObject(value)) return above.length < 2 && isHolder(name) ? answerPartsIn(value, path) : [];
    const parts: readonly AnswerPart[] = typeof value === "boolean" ? ["more"] : ["url", "token"];
    return parts.filter((part) => isAnswerPart(part, path)).map((part) => ({ part, path, value }));
  });
}

/** Where a value stands in an answer, beside its records. */
export function findValue(body: Json, wanted: string, above: readonly string[] = []): readonly string[] | undefined {
  if (!isObject(body) || above.length > 3) return undefined;
  for (const [name, value] of entries(body)) {
    if ((typeof value === "string" || typeof value === "number") && String(value) === wanted) return [...above, name];
    const inner = findValue(value, wanted, [...above, name]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
