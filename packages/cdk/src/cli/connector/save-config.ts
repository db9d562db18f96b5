import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { equal } from "../../json/equal.ts";
import { parseJson } from "../../json/parse.ts";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { prettyJson } from "../../json/pretty.ts";
import type { GivenConfig } from "./read-config.ts";
import { escapeReferences } from "./references.ts";

/**
 * Writes a config that a connector changed, e.g. its refresh token, into the file that it came from. References whose value
 * is the same stay as they are written; the new value of a `${file:…}` goes into that file. All is written when it returns;
 * each file is the old one or the new one, whatever happens.
 * @param folder the one that paths of `${file:…}` start from
 * @returns the files that were written
 */
export function saveConfig({ file, references }: GivenConfig, changed: JsonObject, folder: string): readonly string[] {
  if (file === undefined) return [];
  const known = new Map(references.map((reference) => [place(reference.path), reference]));
  const values = new Map<string, string>();

  function written(value: Json, path: readonly (string | number)[]): Json {
    if (typeof value === "string") return text(value, path);
    if (isList(value)) return value.map((item, index) => written(item, [...path, index]));
    if (!isObject(value)) return value;
    return fromEntries(entries(value).map(([key, member]) => [key, written(member, [...path, key])]));
  }
  function text(value: string, path: readonly (string | number)[]): string {
    const reference = known.get(place(path));
    if (reference?.value === value) return reference.written;
    const [, target] = /^\$\{file:([^}]*)\}$/.exec(reference?.written ?? "") ?? [];
    if (reference === undefined || target === undefined) return escapeReferences(value);
    values.set(resolve(folder, target), `${value}\n`);
    return reference.written;
  }

  const before = parseJson(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  const after = written(changed, []);
  if (!equal(before, after)) values.set(file, `${prettyJson(after)}\n`);
  for (const [path, content] of values) replaceFile(path, content);
  return [...values.keys()];
}

const place = (path: readonly (string | number)[]): string => JSON.stringify(path);

/** Puts a file in the place of another, at once; who may read it stays as it was. */
export function replaceFile(given: string, content: string): void {
  const path = existsSync(given) ? realpathSync(given) : given; // a link stays one
  const folder = mkdtempSync(join(dirname(path), ".ferry-"));
  try {
    const next = join(folder, basename(path));
    writeFileSync(next, content, { flush: true, ...modeOf(path) });
    renameSync(next, path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The permissions of the file that is there; those of any new file where there is none. */
function modeOf(path: string): { readonly mode?: number } {
  const known = statSync(path, { throwIfNoEntry: false });
  return known === undefined ? {} : { mode: known.mode & 0o777 };
}
