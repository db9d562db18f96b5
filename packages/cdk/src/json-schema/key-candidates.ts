import type { FieldSample } from "./record-sample.ts";

/** A field that may be the primary key or the cursor, and why. */
export interface Candidate {
  readonly field: string;
  readonly confidence: "high" | "medium" | "low";
  readonly why: string;
}

/** Fields that name a record, the likeliest first: in every record, and in each another value. */
export function keyCandidates(root: FieldSample): Candidate[] {
  return [...root.members]
    .filter(([, field]) => isAlways(field, root) && field.types.size === 1 && field.uniqueness?.isUnique() === true)
    .filter(([, field]) => field.types.has("string") || field.types.has("integer"))
    .filter(([name, field]) => rankOfKey(name, field) > 0)
    .map(([name, field]) => ({ name, rank: rankOfKey(name, field) }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ name, rank }) => ({
      field: name,
      confidence: rank >= 3 && root.count > 1 ? "high" : rank >= 2 && root.count > 1 ? "medium" : "low",
      why: `there in all ${root.count} records, each time another value${rank >= 3 ? ", and called like a key" : ""}`,
    }));
}

function rankOfKey(name: string, field: FieldSample): number {
  const isDate = [...field.formats].some((format) => format.startsWith("date"));
  if (isDate || field.formats.has("uri")) return 0;
  if (/^_?id$/i.test(name)) return 4;
  if (/^(?:uuid|guid|gid|uid|sid|key)$/i.test(name) || field.formats.has("uuid")) return 3;
  if (/(?:_id|Id|_uuid|_key|_number|Number)$/.test(name) || /^(?:code|slug|number)$/i.test(name)) return 2;
  return field.types.has("integer") ? 0 : 1;
}

/** Dates that tell when a record changed, the likeliest first. */
export function cursorCandidates(root: FieldSample): Candidate[] {
  return [...root.members]
    .filter(([, field]) => isAlways(field, root) && isTime(field))
    .map(([name, field]) => ({ name, field, rank: rankOfCursor(name) }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ name, field, rank }) => {
      const order = field.uniqueness?.order() ?? "none";
      const told = order === "none" || root.count < 2 ? "" : `, ${order}`;
      return {
        field: name,
        confidence: rank >= 2 && root.count > 1 ? "high" : rank === 1 ? "medium" : "low",
        why: `a time in all ${root.count} records${told}${rank >= 2 ? ", of the last change by its name" : ""}`,
      };
    });
}

function isTime(field: FieldSample): boolean {
  return field.types.size === 1 && field.formats.size === 1 && /^date/.test([...field.formats][0] ?? "");
}

function rankOfCursor(name: string): number {
  if (/updat|modif|chang|edit/i.test(name)) return 2;
  return /creat|^date$|^time|timestamp|occurr|insert/i.test(name) ? 1 : 0;
}

const isAlways = (field: FieldSample, root: FieldSample): boolean => field.nulls === 0 && field.count === root.count;
