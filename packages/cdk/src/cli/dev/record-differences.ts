import { printJson } from "../../json/print.ts";
import { get, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { fieldDifferences, type FieldDifference } from "./field-differences.ts";

/** How the records of a stream differ from those of the run before. */
export interface RecordDifferences {
  readonly added: readonly JsonObject[];
  readonly removed: readonly JsonObject[];
  readonly changed: readonly ChangedRecord[];
}

export interface ChangedRecord {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly fields: readonly FieldDifference[];
}

export type PrimaryKey = readonly (readonly string[])[];

/**
 * Compares records. Which ones belong together the primary key says; without one equal records do, and of the others those
 * that have most in common.
 */
export function recordDifferences(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  primaryKey: PrimaryKey,
): RecordDifferences {
  const byKey = pairUp(before, after, (record) => keyText(record, primaryKey));
  const byText = pairUp(byKey.before, byKey.after, printJson);
  const byLikeness = pairLike(byText.before, byText.after);
  const changed = [...byKey.pairs, ...byText.pairs, ...byLikeness.pairs]
    .map(([old, now]) => ({ before: old, after: now, fields: fieldDifferences(old, now) }))
    .filter(({ fields }) => fields.length > 0);
  return { added: byLikeness.after, removed: byLikeness.before, changed };
}

/** The value of a record's key, `{"id":1}`; undefined where it has none. */
export function keyOf(record: JsonObject, primaryKey: PrimaryKey): JsonObject | undefined {
  const values = primaryKey.map((path): [string, Json | undefined] => [
    path.join("."),
    path.reduce<Json | undefined>((value, name) => (isObject(value) ? get(value, name) : undefined), record),
  ]);
  return values.length === 0 || values.some(([, value]) => value === undefined)
    ? undefined
    : Object.fromEntries(values as [string, Json][]); // none is undefined
}

function keyText(record: JsonObject, primaryKey: PrimaryKey): string | undefined {
  const key = keyOf(record, primaryKey);
  return key === undefined ? undefined : printJson(key);
}

interface Paired {
  readonly pairs: (readonly [before: JsonObject, after: JsonObject])[];
  /** What is left of either side, in order. */
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
}

/** Puts together what is named alike; of several that are, the first with the first. */
function pairUp(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  nameOf: (record: JsonObject) => string | undefined,
): Paired {
  const known = new Map<string, JsonObject[]>();
  const left: JsonObject[] = [];
  for (const record of before) {
    const name = nameOf(record);
    if (name === undefined) left.push(record);
    else known.set(name, [...(known.get(name) ?? []), record]);
  }
  const pairs: Paired["pairs"] = [];
  const rest = after.filter((record) => {
    const name = nameOf(record);
    const old = name === undefined ? undefined : known.get(name)?.shift();
    if (old !== undefined) pairs.push([old, record]);
    return old === undefined;
  });
  const unpaired = new Set([...left, ...[...known.values()].flat()]);
  return { pairs, before: before.filter((record) => unpaired.has(record)), after: rest };
}

/** So many comparisons at most. */
const MOST = 250_000;

/** Puts together records that have at least half of their members in common. */
function pairLike(before: readonly JsonObject[], after: readonly JsonObject[]): Paired {
  if (before.length * after.length > MOST) return { pairs: [], before, after };
  const texts = new Map([...before, ...after].map((record) => [record, memberTexts(record)]));
  const left = [...before];
  const pairs: Paired["pairs"] = [];
  const rest = after.filter((record) => {
    const own = texts.get(record)!;
    let best: { readonly index: number; readonly share: number } = { index: -1, share: 0 };
    for (const [index, each] of left.entries()) {
      const other = texts.get(each)!;
      const share = [...own].filter((text) => other.has(text)).length / Math.max(1, Math.min(own.size, other.size));
      if (share > best.share) best = { index, share };
    }
    if (best.share < 0.5) return true;
    pairs.push([left.splice(best.index, 1)[0]!, record]);
    return false;
  });
  return { pairs, before: left, after: rest };
}

const memberTexts = (record: JsonObject): ReadonlySet<string> =>
  new Set(keys(record).map((name) => `${name}:${printJson(record[name]!)}`));
