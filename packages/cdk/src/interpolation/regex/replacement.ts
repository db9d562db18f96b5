import { fail, valueError } from "../failure.ts";
import type { Translation } from "./translate.ts";

const ESCAPE = /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[0-3][0-7]{2})|(\d{1,2})|([^]))/g;
const CONTROL: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** The text that takes a match's place, as Python's `re.sub` builds it from its template. */
export function compileReplacement(template: string, translation: Translation): (match: RegExpExecArray) => string {
  if (!template.includes("\\")) return () => template;
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of template.matchAll(ESCAPE)) {
    const [whole, name, octal, number, other] = match;
    parts.push(template.slice(end, match.index));
    end = match.index + whole.length;
    if (name !== undefined) parts.push(groupPlace(name, translation));
    else if (octal !== undefined) parts.push(String.fromCharCode(parseInt(octal, 8) & 0xff));
    else if (number !== undefined) parts.push(groupPlace(number, translation));
    else if (other !== undefined) parts.push(control(other));
  }
  const rest = template.slice(end);
  if (rest.endsWith("\\")) throw valueError("bad escape (end of pattern)");
  parts.push(rest);
  return (match) => parts.map((part) => (typeof part === "string" ? part : (match[part] ?? ""))).join("");
}

function control(character: string): string {
  const found = CONTROL[character];
  if (found !== undefined) return found;
  if (/[A-Za-z]/.test(character)) throw valueError(`bad escape \\${character}`);
  return `\\${character}`;
}

function groupPlace(name: string, { places, names }: Translation): number {
  if (name === "0") return 0;
  const group = /^\d+$/.test(name) ? Number(name) : names.get(name);
  if (group === undefined) throw fail("IndexError", `unknown group name '${name}'`);
  const place = places[group - 1];
  if (place === undefined) throw valueError(`invalid group reference ${name}`);
  return place;
}
