import { isMap, isPair, isScalar, parseDocument, visit, type Pair, type Scalar, type YAMLMap } from "yaml";
import { isObject } from "../json/value.ts";
import { placeOf, type Places } from "../yaml/places.ts";
import { readYaml } from "../yaml/read.ts";

/** A change to one member of a mapping in the text. */
export type MemberEdit =
  /** The key gets another name. */
  | { readonly kind: "rename"; readonly holder: object; readonly key: string; readonly name: string }
  /** The path becomes the whole `url`; where its base stands beside it, in the base's place. */
  | {
      readonly kind: "url";
      readonly holder: object;
      readonly key: string;
      readonly into: string | undefined;
      readonly value: string;
    }
  /** The value becomes that of a component of this type. */
  | {
      readonly kind: "wrap";
      readonly holder: object;
      readonly key: string;
      readonly name: string;
      readonly type: string;
    };

export interface EditedText {
  readonly text: string;
  readonly changes: readonly { readonly line: number; readonly what: string }[];
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A member in the text: its key, and the mapping around it. */
interface Member {
  readonly pair: Pair;
  readonly map: YAMLMap;
  readonly from: number;
  readonly keyEnd: number;
  readonly to: number;
  readonly flow: boolean;
}

/** Makes the changes, and nothing else, in a manifest's text. */
export function applyEdits(text: string, edits: readonly MemberEdit[], places: Places): EditedText {
  if (edits.length === 0) return { text, changes: [] };
  const members = membersOf(text);
  const find = (holder: object, key: string): Member | undefined =>
    members.get(placeOf(places, holder, key)?.key ?? -1);
  const splices: Splice[] = [];
  const changes: { line: number; what: string }[] = [];
  for (const edit of edits) {
    const member = find(edit.holder, edit.key);
    if (member === undefined) continue;
    changes.push({ line: text.slice(0, member.from).split("\n").length, what: describe(edit) });
    if (edit.kind === "rename") splices.push(renamed(text, member, edit.name));
    else if (edit.kind === "wrap") splices.push(...wrapped(text, member, edit.name, edit.type));
    else {
      const base = edit.into === undefined ? undefined : find(edit.holder, edit.into);
      if (base === undefined) splices.push(renamed(text, member, "url"));
      else splices.push(removed(text, member));
      const target = base ?? member;
      const from = valueStart(target);
      // A block scalar ends where the next line starts.
      const end = /\s*$/.exec(text.slice(from, target.to))![0]; // it matches any text
      splices.push({ from, to: target.to, text: printLike(target.pair.value as Scalar, edit.value) + end });
    }
  }
  let result = text;
  for (const { from, to, text: piece } of splices.sort((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + piece + result.slice(to);
  }
  return { text: result, changes: changes.sort((a, b) => a.line - b.line) };
}

/** Every member of the text by the offset of its key. */
function membersOf(text: string): Map<number, Member> {
  const members = new Map<number, Member>();
  const document = parseDocument(text, { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" });
  visit(document, {
    Pair(_, pair, path) {
      const map = path.at(-1);
      const key = pair.key as Scalar | null;
      if (!isMap(map) || key?.range === undefined || key.range === null) return;
      const [from, keyEnd] = key.range;
      const value = pair.value as Scalar | null;
      members.set(from, { pair, map, from, keyEnd, to: value?.range?.[1] ?? keyEnd, flow: map.flow === true });
    },
  });
  return members;
}

const valueStart = ({ pair, keyEnd }: Member): number => (pair.value as Scalar | null)?.range?.[0] ?? keyEnd;

function renamed(text: string, { from, keyEnd }: Member, name: string): Splice {
  const quote = /^["']/.exec(text[from]!)?.[0] ?? "";
  return { from, to: keyEnd, text: `${quote}${name}${quote}` };
}

/** Takes the whole member out; a comment behind it stays on its line. */
function removed(text: string, { map, pair, from, to, flow }: Member): Splice {
  const index = map.items.indexOf(pair);
  const next = startOf(map.items[index + 1]);
  const line = text.lastIndexOf("\n", from - 1) + 1;
  const end = text[to - 1] === "\n" ? to : text.indexOf("\n", to) + 1 || text.length;
  const indent = text.slice(line, from);
  if (flow || indent.trim() !== "") {
    if (next !== undefined) return { from, to: next, text: "" };
    return { from: text.slice(0, from).trimEnd().replace(/,$/, "").length, to, text: "" };
  }
  const comment = text.slice(to, end).trim();
  return { from: line, to: end, text: comment === "" ? "" : `${indent}${comment}\n` };
}

const startOf = (pair: unknown): number | undefined =>
  isPair(pair) ? ((pair.key as Scalar | null)?.range?.[0] ?? undefined) : undefined;

/** The lines of a value that goes one level deeper are indented by two more spaces. */
function wrapped(text: string, member: Member, name: string, type: string): Splice[] {
  const { from, keyEnd, to, flow } = member;
  const colon = text.indexOf(":", keyEnd);
  const value = text.slice(colon + 1, to);
  const key = renamed(text, member, name);
  if (flow) {
    const quote = /^"/.test(text[from]!) ? '"' : "";
    const head = `${quote}type${quote}: ${quote}${type}${quote}, ${quote}value${quote}:`;
    return [key, { from: colon + 1, to, text: ` {${head}${value}}` }];
  }
  const line = text.lastIndexOf("\n", from - 1) + 1;
  const indent = `${" ".repeat(from - line)}  `;
  const deeper = value.replace(/\n(?=[^\n\r])/g, "\n  ");
  return [key, { from: colon + 1, to, text: `\n${indent}type: ${type}\n${indent}value:${deeper}` }];
}

/** A text in the quotes that the former one had, or in some where it needs them. */
function printLike(former: Scalar, value: string): string {
  const style = isScalar(former) ? former.type : undefined;
  if (style === "QUOTE_SINGLE") return `'${value.replaceAll("'", "''")}'`;
  if (style === "QUOTE_DOUBLE") return JSON.stringify(value);
  try {
    const plain = readYaml(`key: ${value}`);
    if (isObject(plain) && plain["key"] === value) return value;
  } catch {
    // Not plain then: some YAML of its own starts in it.
  }
  return JSON.stringify(value);
}

function describe(edit: MemberEdit): string {
  if (edit.kind === "url") return "path becomes part of url";
  return `${edit.key} becomes ${edit.name}`;
}
