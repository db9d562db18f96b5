import { singular, snakeCase } from "../new/draft.ts";
import type { FieldModel, Relation, StreamModel } from "./model.ts";

/**
 * Which records belong to which: a stream that is read for each record of another belongs to it; a field `x_id` is taken for
 * the key of the stream of that name.
 */
export function relationsOf(streams: readonly StreamModel[]): Relation[] {
  const byName = new Map(streams.map((stream) => [baseOf(stream.name), stream]));
  return streams.flatMap((stream) => {
    const declared = stream.parents
      .filter(({ stream: parent }) => streams.some(({ name }) => name === parent))
      .map((parent): Relation => {
        const field = stream.fields.find(({ path }) => path === parent.field)?.path;
        return { from: stream.name, field, to: parent.stream, toField: parent.key, confidence: "high" };
      });
    const guessed = stream.fields.flatMap((field): Relation[] => {
      const found = referenceOf(field, stream, byName);
      if (found === undefined || stream.primaryKey.join() === field.path) return [];
      const { to, confidence } = found;
      return [{ from: stream.name, field: field.path, to: to.name, toField: to.primaryKey[0]!, confidence }];
    });
    const isKnown = (one: Relation): boolean =>
      declared.some(({ to, field }) => to === one.to && (field === undefined || field === one.field));
    return [...declared, ...guessed.filter((one) => !isKnown(one))];
  });
}

/** `customer_id`, `customerId`, `customer_ids`, `customer.id`: the field names the stream `customers`. */
function referenceOf(
  { path, type }: FieldModel,
  stream: StreamModel,
  byName: ReadonlyMap<string, StreamModel>,
): { readonly to: StreamModel; readonly confidence: "medium" | "low" } | undefined {
  const [, word] = /^(\w+?)(?:_id|_ids|\.id)$/.exec(snakeCase(path.replaceAll("[]", ""))) ?? [];
  if (word === undefined || path.split(".").length > 2) return undefined;
  const base = singular(word);
  const isSelf = base === "parent";
  const to = isSelf ? stream : byName.get(base);
  if (to === undefined || to.primaryKey.length !== 1) {
    // `billing_customer_id` may be of customers, and so of one of them.
    const [last] = base.split("_").slice(-1);
    const other = last === undefined || last === base ? undefined : byName.get(last);
    return other?.primaryKey.length === 1 ? { to: other, confidence: "low" } : undefined;
  }
  const key = to.fields.find((field) => field.path === to.primaryKey[0]);
  const single = type.replace(/^array of /, "");
  return { to, confidence: !isSelf && key?.type === single ? "medium" : "low" };
}

const baseOf = (name: string): string => singular(snakeCase(name));
