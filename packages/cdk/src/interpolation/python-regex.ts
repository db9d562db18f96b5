import { valueError } from "./failure.ts";
import { compileReplacement } from "./regex/replacement.ts";
import { translate, type Translation } from "./regex/translate.ts";

/** A regular expression in Python's language, ready to use. */
export interface PythonRegex {
  readonly source: string;
  /** The first match anywhere, as `re.search` finds it. */
  search(text: string): RegexMatch | undefined;
  /** A match at the start, as `re.match` finds it. */
  match(text: string): RegexMatch | undefined;
  /** A match of the whole text, as `re.fullmatch` finds it. */
  fullMatch(text: string): RegexMatch | undefined;
  /** All matches replaced, as `re.sub` does: `\1`, `\g<name>` stand for groups. */
  replace(text: string, replacement: string): string;
}

export interface RegexMatch {
  /** The text that matched. */
  readonly text: string;
  /** Where it begins, in UTF-16 units. */
  readonly index: number;
  /** The groups from the first on; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string | undefined>>;
}

const known = new Map<string, PythonRegex>();
const MOST_KNOWN = 500;

/**
 * The regular expression of a pattern as Python's `re.compile` understands it. Patterns are kept: asking again is cheap.
 * @throws a ValueError that says what is wrong with the pattern
 */
export function pythonRegex(source: string): PythonRegex {
  let regex = known.get(source);
  if (regex !== undefined) return regex;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(source, (regex = compile(source)));
  return regex;
}

function compile(source: string): PythonRegex {
  const translation = translate(source);
  const pattern = (start: string, end: string, flags: string): RegExp => {
    try {
      return new RegExp(`${start}${translation.pattern}${end}`, flags + translation.flags);
    } catch (error) {
      throw valueError(`cannot use the regular expression '${source}': ${String(error)}`);
    }
  };
  const anywhere = pattern("", "", "gv");
  let atStart: RegExp | undefined;
  let whole: RegExp | undefined;
  /** After matching nothing Python tries to match something at the same place; JavaScript goes on to the next one. */
  const allMatches = function* (text: string): Generator<RegExpExecArray> {
    for (let at = 0; at <= text.length;) {
      anywhere.lastIndex = at;
      const match = anywhere.exec(text);
      if (match === null) return;
      yield match;
      const { index } = match;
      at = index + match[0].length;
      if (match[0] !== "") continue;
      const more = translation.prefersNothing ? somethingAt(text, index) : null;
      if (more !== null) yield more;
      at += more === null ? String.fromCodePoint(text.codePointAt(index) ?? 0).length : more[0].length;
    }
  };
  const somethingAt = (text: string, index: number): RegExpExecArray | null => {
    const before = Array.from(text.slice(0, index)).length;
    const something = pattern("(?:", `)(?<=^[\\s\\S]{${before + 1},})`, "yv");
    something.lastIndex = index;
    return something.exec(text);
  };
  const first = (regex: RegExp, text: string): RegexMatch | undefined => {
    regex.lastIndex = 0;
    const match = regex.exec(text);
    return match === null ? undefined : read(translation, match, match.index);
  };
  return {
    source,
    search: (text) => first(anywhere, text),
    match: (text) => first((atStart ??= pattern("(?:", ")", "yv")), text),
    fullMatch: (text) => first((whole ??= pattern("(?:", ")$", "yv")), text),
    replace(text, replacement) {
      const expand = compileReplacement(replacement, translation);
      let result = "";
      let end = 0;
      for (const match of allMatches(text)) {
        result += text.slice(end, match.index) + expand(match);
        end = match.index + match[0].length;
      }
      return result + text.slice(end);
    },
  };
}

function read({ places, names }: Translation, match: RegExpExecArray, index: number): RegexMatch {
  const groups = places.map((place) => match[place]);
  const named: Record<string, string | undefined> = {};
  for (const [name, group] of names) named[name] = groups[group - 1];
  return { text: match[0], index, groups, named };
}
