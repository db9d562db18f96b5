import type { Confidence, Finding } from "../draft.ts";
import type { Document } from "./document.ts";
import type { Answer } from "./operations.ts";
import { viewOf, type View } from "./view.ts";

/** Where an answer has its records. */
export interface FoundRecords {
  readonly path: readonly string[];
  readonly item: unknown;
  readonly finding: Finding;
}

const LIST_NAMES = ["data", "items", "results", "records", "value", "values", "entries", "elements", "content", "rows"];
const isListName = (name: string): boolean => LIST_NAMES.includes(name.toLowerCase());

/** Finds the list of objects in an answer; or says why there is none. `isOne` where the path names a single thing. */
export function findRecords(
  answer: Answer | undefined,
  names: readonly string[],
  isOne: boolean,
  document: Document,
): FoundRecords | string {
  if (answer === undefined) return "it answers no JSON";
  const view = viewOf(answer.schema, document);
  if (view.types.has("array")) {
    if (!isObjects(view.items, document)) return "its list holds no objects";
    return found([], view.items, "high", "the answer is a list of objects");
  }
  if (!view.types.has("object")) return "it answers no list";
  const lists = listsOf(view, document);
  const best =
    lists.find(({ path }) => names.includes(path.at(-1)!) && !isOne) ??
    lists.find(({ path }) => isListName(path.at(-1)!)) ??
    (lists.length === 1 && !isOne && (view.properties.size <= 8 || hasPaging(view)) ? lists[0] : undefined);
  if (best === undefined) {
    return lists.length === 0 ? "it answers a single object" : "its answer is an object with lists of its own";
  }
  const named = names.includes(best.path.at(-1)!) || isListName(best.path.at(-1)!);
  const why = named ? "a list of objects of that name" : "the only list of objects in the answer";
  return found(best.path, best.item, lists.length === 1 ? "high" : named ? "medium" : "low", why);
}

function found(path: readonly string[], item: unknown, confidence: Confidence, why: string): FoundRecords {
  return {
    path,
    item,
    finding: { subject: "records", value: path.length === 0 ? "(the answer)" : path.join("."), confidence, why },
  };
}

/** Lists of objects at the first two levels. */
function listsOf(view: View, document: Document): { readonly path: string[]; readonly item: unknown }[] {
  return [...view.properties].flatMap(([name, { schema }]) => {
    const member = viewOf(schema, document);
    if (member.types.has("array")) {
      return isObjects(member.items, document) ? [{ path: [name], item: member.items }] : [];
    }
    if (!/^(?:data|_embedded|response|result|results|payload|d|body)$/i.test(name)) return [];
    return [...member.properties].flatMap(([inner, { schema: below }]) => {
      const list = viewOf(below, document);
      return list.types.has("array") && isObjects(list.items, document)
        ? [{ path: [name, inner], item: list.items }]
        : [];
    });
  });
}

const isObjects = (schema: unknown, document: Document): boolean => viewOf(schema, document).types.has("object");

const hasPaging = ({ properties }: View): boolean =>
  [...properties.keys()].some((name) => /next|page|cursor|total|count|has_?more|meta|links/i.test(name));
