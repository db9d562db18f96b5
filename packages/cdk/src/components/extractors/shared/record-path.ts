import type { Scope } from "../../../component.ts";
import { printJson } from "../../../json/print.ts";
import { truthy } from "../../../json/truthy.ts";
import { isList, type Json } from "../../../json/value.ts";
import { compilePath, type Path } from "../../shared/dpath/path.ts";

/** Where the records of a body are. */
export interface RecordPath {
  readonly parts: readonly Json[];
  /** The parts where they are keys of objects and nothing else. */
  readonly keys: readonly string[] | undefined;
  /** The records of these bodies: the items of a list; any other value but null, false, 0, "" and {}. */
  rows(bodies: readonly Json[]): Json[];
  /** Whether anything is at the path in a body. */
  isIn(body: Json): boolean;
}

/** The path as the config has it now: its parts are templates, and the config may change. */
export function recordPath(fieldPath: readonly string[], scope: Scope): () => RecordPath {
  const templates = fieldPath.map((part) => scope.template(part));
  let known = "";
  let path: RecordPath | undefined;
  return () => {
    const parts = templates.map((evaluate) => evaluate({}) ?? null);
    const name = printJson(parts);
    if (path === undefined || name !== known) path = createRecordPath(parts);
    known = name;
    return path;
  };
}

function createRecordPath(parts: readonly Json[]): RecordPath {
  const path = compilePath(parts);
  const find = finder(parts, path);
  return {
    parts,
    keys: path.plain && parts.every(isKey) ? parts : undefined,
    rows(bodies) {
      const rows: Json[] = [];
      for (const body of bodies) {
        const found = find(body);
        if (isList(found)) for (const row of found) rows.push(row);
        else if (found !== undefined && truthy(found)) rows.push(found);
      }
      return rows;
    },
    isIn(body) {
      const found = find(body);
      return found !== undefined && !(parts.includes("*") && isList(found) && found.length === 0);
    },
  };
}

/** With a `*` all that matches makes a list, else one thing is looked for. */
function finder(parts: readonly Json[], path: Path): (body: Json) => Json | undefined {
  return parts.includes("*") ? (body) => path.values(body) : (body) => path.get(body);
}

/** A key that cannot be taken for the index of a list's item. */
const isKey = (part: Json): part is string => typeof part === "string" && !/^\s*[-+]?\d/.test(part);
