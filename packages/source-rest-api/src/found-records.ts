import { component, isObject, entries, valueRows, type Component, type Json } from "ferry-cdk";

/** Names that lists of records go by, the likeliest first. */
const usual = ["data", "items", "results", "records", "entries", "values", "rows", "list"];

/** Finds the records of an answer whose path the config does not name: the answer itself, or a list within it. */
export const foundRecords: Component<"extractor"> = component({
  kind: "extractor",
  type: "FoundRecords",
  schema: (_, z) => z.object({ class_name: z.string() }),
  create(_, scope) {
    const { decoder, name } = scope.stream;
    return async function* extract(response) {
      if (decoder === undefined) return;
      for await (const bodies of decoder.decode(response)) {
        const rows = bodies.flatMap((body) => recordsOf(body, name));
        if (rows.length > 0) yield valueRows(rows);
      }
    };
  },
});

/** The records in a body: a list of it or in it, at most two objects deep; else the body, when it is an object. */
export function recordsOf(body: Json, stream: string): Json[] {
  if (Array.isArray(body)) return [...(body as readonly Json[])].filter(isObject);
  if (!isObject(body)) return [];
  const lists = listsIn(body, 0);
  const [best] = [...lists].sort((one, other) => rank(one, stream) - rank(other, stream));
  if (best !== undefined) return [...best.list];
  return entries(body).some(([, value]) => Array.isArray(value) && value.length === 0) ? [] : [body];
}

interface Found {
  readonly name: string;
  readonly depth: number;
  readonly list: readonly Json[];
}

function listsIn(body: Json, depth: number): Found[] {
  if (!isObject(body) || depth > 1) return [];
  return entries(body).flatMap(([name, value]): Found[] => {
    if (Array.isArray(value)) {
      const list = value as readonly Json[];
      return list.length > 0 && list.every(isObject) ? [{ name, depth, list }] : [];
    }
    return listsIn(value, depth + 1);
  });
}

function rank({ name, depth, list }: Found, stream: string): number {
  const known = name === stream ? 0 : usual.indexOf(name) + 1;
  return depth * 1e9 + (known > 0 || name === stream ? known * 1e6 : 1e8) - Math.min(list.length, 1e5);
}
