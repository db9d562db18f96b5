import { singular, snakeCase, type CursorDraft, type Finding } from "../draft.ts";
import { isoFormats } from "../date-formats.ts";
import { isSinceParam } from "../paging-names.ts";
import type { Document } from "./document.ts";
import type { Parameter } from "./operations.ts";
import { viewOf, type View } from "./view.ts";

/** The primary key of records: a field that names them. */
export function findPrimaryKey(
  resource: string,
  item: unknown,
  document: Document,
): { readonly key: readonly string[]; readonly finding: Finding } {
  const fields = scalars(viewOf(item, document), document);
  const one = singular(snakeCase(resource));
  const finding = (value: string, confidence: Finding["confidence"], why: string): Finding => ({
    subject: "primary key",
    value,
    confidence,
    why,
  });
  const named = (is: (name: string) => boolean): string | undefined => [...fields.keys()].find(is);
  const id = named((name) => name.toLowerCase() === "id" || name === "_id");
  if (id !== undefined) return { key: [id], finding: finding(id, "high", "a field of that name") };
  const own = named((name) =>
    [`${one}_id`, `${one}_uuid`, `${one}_key`, `${one}_gid`, `${one}_number`].includes(snakeCase(name)),
  );
  if (own !== undefined) return { key: [own], finding: finding(own, "medium", "a field named after the resource") };
  const unique = named((name) => /^(?:uuid|guid|gid|uid)$/i.test(name));
  if (unique !== undefined) return { key: [unique], finding: finding(unique, "medium", "a field that names a record") };
  const other = named((name) => /^(?:key|sid|slug|code|objectId|uri|number)$/i.test(name));
  if (other !== undefined) return { key: [other], finding: finding(other, "low", "a field that often names a record") };
  return { key: [], finding: finding("none", "low", "no field looks like the name of a record") };
}

/** A cursor: a parameter that asks for what is new, and the date of records that it goes by. */
export function findCursor(
  parameters: readonly Parameter[],
  item: unknown,
  document: Document,
): { readonly cursor: CursorDraft; readonly finding: Finding } | undefined {
  const fields = scalars(viewOf(item, document), document);
  const dates = [...fields].filter(
    ([name, view]) =>
      view.format === "date-time" ||
      view.format === "date" ||
      (view.types.has("string") && /(?:_at|At|_on|_date|_time|Date|Time|updated|modified|created)$/.test(name)) ||
      (view.types.has("integer") && /^(?:created|updated|modified)(?:_?at)?$/i.test(name)),
  );
  for (const { name, in: place, schema, description } of parameters) {
    const plain = snakeCase(name);
    if (place !== "query" || !isSinceParam(name)) continue;
    const base =
      /(updated|modified|changed|created|edited)/.exec(plain)?.[1] ?? /(updat|modif|creat)/.exec(description)?.[1];
    const ranked = [...dates].sort(([one], [other]) => rank(other, base) - rank(one, base));
    const best = ranked[0];
    if (best === undefined || rank(best[0], base) === 0) continue;
    const [field, view] = best;
    const unix = view.types.has("integer");
    const day = view.format === "date" || schema["format"] === "date";
    const format = unix ? "%s" : day ? "%Y-%m-%d" : isoFormats[0];
    const sure = base !== undefined && rank(field, base) >= 3 && view.format !== undefined;
    return {
      cursor: {
        field,
        param: name,
        format,
        readFormats: unix ? ["%s"] : view.format === "date" ? ["%Y-%m-%d"] : isoFormats,
      },
      finding: {
        subject: "cursor",
        value: field,
        confidence: sure ? "high" : view.format === undefined ? "low" : "medium",
        why: `the parameter ${name} asks for what is new, and records have the date ${field}`,
      },
    };
  }
  return undefined;
}

/** How well a date fits: 3 where the parameter names it, else changes before creations. */
function rank(field: string, base: string | undefined): number {
  const name = snakeCase(field);
  if (base !== undefined && name.includes(base.slice(0, 5))) return 4;
  if (/updat|modif|chang|edit/.test(name)) return base === "created" || base === "creat" ? 0 : 3;
  if (base !== undefined && /updat|modif|chang|edit/.test(base)) return 0;
  return /creat|date|time|^at$|timestamp/.test(name) ? 1 : 0;
}

function scalars(view: View, document: Document): Map<string, View> {
  const members = [...view.properties].map(([name, { schema }]) => [name, viewOf(schema, document)] as const);
  return new Map(members.filter(([, member]) => !member.types.has("object") && !member.types.has("array")));
}
