import { unicodePattern } from "../text/unicode.ts";
import { valueError } from "../failure.ts";
import { parseClass } from "./class.ts";
import { bothCases, character, classEscape, wordBoundary } from "./characters.ts";
import { readEscape } from "./escape.ts";
import type { Alternatives, Piece } from "./nodes.ts";

export interface Flags {
  /** Case is of no account, and the characters must say so themselves. */
  readonly spellCases: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

export interface ParsedRegex {
  readonly body: Alternatives;
  /** How many groups there are. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** Whether the whole pattern ignores case. */
  readonly ignoreCase: boolean;
}

const FLAG_GROUP = /\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/y;
const GROUP_NAME = unicodePattern("^\\?P<([\\p{XIDS}_]\\p{XIDC}*)>");
const LEADING_FLAGS = /^(?:\s*\(\?([aiLmsux]+)\))+/;
const TIMES = /\*|\+|\?|\{(\d*)(,?)(\d*)\}/y;

/** The pieces of a pattern of Python's `re`. */
export function parseRegex(source: string): ParsedRegex {
  const leading = LEADING_FLAGS.exec(source)?.[0].replace(/[^aiLmsux]/g, "") ?? "";
  const usesScoped = /\(\?[aiLmsux]*-?[aiLmsux]*:/.test(source.replace(/\(\?:/g, ""));
  const ignoreCase = leading.includes("i") && !usesScoped;
  const names = new Map<string, number>();
  const open = new Set<number>();
  let groups = 0;
  let at = 0;

  const problem = (message: string): never => {
    throw valueError(`${message} at position ${at} of the regular expression '${source}'`);
  };
  const take = (text: string): boolean => {
    if (!source.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };

  const alternatives = (outer: Flags): Alternatives => {
    const found: Piece[][] = [];
    let flags = outer;
    do {
      const pieces: Piece[] = [];
      while (at < source.length && source[at] !== "|" && source[at] !== ")") {
        const changed = globalFlags(flags);
        if (changed !== undefined) flags = changed;
        else {
          const piece = quantified(flags, pieces.length === 0);
          if (piece !== undefined) pieces.push(piece);
        }
      }
      found.push(pieces);
    } while (take("|"));
    return found;
  };

  /** `(?i)` at the start sets flags for all that follows. */
  const globalFlags = (flags: Flags): Flags | undefined => {
    FLAG_GROUP.lastIndex = at;
    const match = FLAG_GROUP.exec(source);
    if (match?.[3] !== ")" || match[1] === "") return undefined;
    if (source.slice(0, at).replace(LEADING_FLAGS, "").trim() !== "") problem("global flags not at the start");
    at = FLAG_GROUP.lastIndex;
    return withFlags(flags, match[1] ?? "", "", ignoreCase);
  };

  const quantified = (flags: Flags, first: boolean): Piece | undefined => {
    if (flags.verbose && skipComment()) return undefined;
    TIMES.lastIndex = at;
    const stray = TIMES.exec(source);
    if (stray !== null && isTimes(stray)) problem(first ? "nothing to repeat" : "multiple repeat");
    const piece = atom(flags);
    if (piece === undefined) return undefined;
    while (skipGroupComment() || (flags.verbose && skipComment()));
    TIMES.lastIndex = at;
    const times = TIMES.exec(source);
    if (times === null || !isTimes(times)) return piece;
    if (piece.type === "assertion") problem("nothing to repeat");
    at = TIMES.lastIndex;
    if (times[1] !== undefined && times[3] !== "" && Number(times[1] || 0) > Number(times[3])) {
      if (times[2] === ",") problem("min repeat greater than max repeat");
    }
    const range = times[1] === undefined ? times[0] : `{${times[1] || "0"}${times[2] ?? ""}${times[3] ?? ""}}`;
    const lazy = take("?");
    const repeat: Piece = { type: "repeat", piece, times: range, lazy };
    return !lazy && take("+") ? { type: "atomic", body: [[repeat]] } : repeat;
  };

  /** `{}` and `{,}` aside, which mean themselves and any number. */
  const isTimes = ([whole, low, comma, high]: RegExpExecArray): boolean =>
    low === undefined || (whole !== "{}" && (low !== "" || comma !== "") && (comma !== "" || high === ""));

  const skipComment = (): boolean => {
    const match = /^(?:\s+|#[^\n]*)/.exec(source.slice(at));
    at += match?.[0].length ?? 0;
    return match !== null;
  };

  const skipGroupComment = (): boolean => {
    const match = /^\(\?#[^)]*\)/.exec(source.slice(at));
    at += match?.[0].length ?? 0;
    return match !== null;
  };

  const atom = (flags: Flags): Piece | undefined => {
    const start = source.charAt(at);
    if (start === "(") return group(flags);
    if (start === "[") {
      const parsed = parseClass(source, at, flags, problem);
      at = parsed.end;
      return { type: "atom", text: parsed.text };
    }
    if (start === "\\") return escape(flags);
    const code = source.codePointAt(at) ?? 0;
    at += code > 0xffff ? 2 : 1;
    if (start === ".") return { type: "atom", text: flags.dotAll ? "[\\s\\S]" : "[^\\n]" };
    if (start === "^") return { type: "assertion", text: flags.multiline ? "(?<=^|\\n)" : "^" };
    if (start === "$") return { type: "assertion", text: flags.multiline ? "(?=\\n|$)" : "(?=\\n?$)" };
    return literal(code, flags);
  };

  const escape = (flags: Flags): Piece => {
    const letter = source.charAt(at + 1);
    const set = classEscape(letter, flags.ascii);
    if (set !== undefined || letter === "A" || letter === "Z" || letter === "b" || letter === "B") {
      at += 2;
      if (set !== undefined) return { type: "atom", text: set };
      if (letter === "A") return { type: "assertion", text: "^" };
      return { type: "assertion", text: letter === "Z" ? "$" : wordBoundary(letter, flags.ascii) };
    }
    const reference = /^\\([1-9]\d?)/.exec(source.slice(at));
    if (reference !== null && !/^\\[0-3][0-7][0-7]/.test(source.slice(at))) {
      at += reference[0].length;
      return referenceTo(Number(reference[1]));
    }
    const { code, end } = readEscape(source, at, problem);
    at = end;
    return literal(code, flags);
  };

  const referenceTo = (number: number): Piece => {
    if (number > groups) problem(`invalid group reference ${number}`);
    return open.has(number) ? problem("cannot refer to an open group") : { type: "reference", group: number };
  };

  const group = (flags: Flags): Piece | undefined => {
    if (skipGroupComment()) return undefined;
    FLAG_GROUP.lastIndex = at;
    const scoped = FLAG_GROUP.exec(source);
    if (scoped?.[3] === ":") {
      at = FLAG_GROUP.lastIndex;
      return close({
        type: "group",
        number: undefined,
        body: alternatives(withFlags(flags, scoped[1] ?? "", scoped[2] ?? "", false)),
      });
    }
    const back = /^\(\?P=(\w+)\)/u.exec(source.slice(at));
    if (back !== null) {
      at += back[0].length;
      return referenceTo(names.get(back[1] ?? "") ?? problem(`unknown group name '${back[1] ?? ""}'`));
    }
    at++;
    for (const opening of ["?=", "?!", "?<=", "?<!"]) {
      if (take(opening)) return close({ type: "look", opening, body: alternatives(flags) });
    }
    if (take("?>")) return close({ type: "atomic", body: alternatives(flags) });
    const name = GROUP_NAME().exec(source.slice(at));
    const number = ++groups;
    if (name?.[1] !== undefined) {
      if (names.has(name[1])) problem(`redefinition of group name '${name[1]}'`);
      names.set(name[1], number);
      at += name[0].length;
    } else if (source.charAt(at) === "?") problem(`unknown or unsupported extension (${source.slice(at, at + 2)}`);
    open.add(number);
    const body = alternatives(flags);
    open.delete(number);
    return close({ type: "group", number, body });
  };

  const close = (piece: Piece): Piece => (take(")") ? piece : problem("missing ), unterminated subpattern"));

  const start: Flags = { spellCases: false, multiline: false, dotAll: false, verbose: false, ascii: false };
  const body = alternatives(withFlags(start, leading, "", ignoreCase));
  if (at < source.length) problem("unbalanced parenthesis");
  return { body, groups, names, ignoreCase };
}

function literal(code: number, { spellCases }: Flags): Piece {
  const cases = spellCases ? bothCases(code) : [code];
  return { type: "atom", text: cases.length === 1 ? character(code) : `[${cases.map(character).join("")}]` };
}

/** @param whole whether the pattern as a whole ignores case, so that its characters need not */
function withFlags(flags: Flags, on: string, off: string, whole: boolean): Flags {
  const is = (letter: string, before: boolean): boolean => (on.includes(letter) || before) && !off.includes(letter);
  return {
    spellCases: !whole && is("i", flags.spellCases),
    multiline: is("m", flags.multiline),
    dotAll: is("s", flags.dotAll),
    verbose: is("x", flags.verbose),
    ascii: on.includes("a") || (flags.ascii && !on.includes("u")),
  };
}
