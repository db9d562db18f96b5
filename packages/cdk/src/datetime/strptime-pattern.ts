import { DateTimeFailure, valueError } from "./failure.ts";
import { months, shortMonths, shortWeekdays, weekdays } from "./names.ts";

export interface Pattern {
  /** Matches a beginning of the text; the n-th group is the n-th directive. */
  readonly expression: RegExp;
  readonly directives: readonly string[];
}

/** What each directive matches, the preferred form first. */
const forms: Readonly<Record<string, string>> = {
  d: "3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]",
  f: "\\d{1,6}",
  H: "2[0-3]|[01]\\d|\\d",
  I: "1[0-2]|0[1-9]|[1-9]",
  G: "\\d{4}",
  j: "36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]",
  m: "1[0-2]|0[1-9]|[1-9]",
  M: "[0-5]\\d|\\d",
  S: "6[01]|[0-5]\\d|\\d",
  U: "5[0-3]|[0-4]\\d|\\d",
  W: "5[0-3]|[0-4]\\d|\\d",
  w: "[0-6]",
  u: "[1-7]",
  V: "5[0-3]|0[1-9]|[1-4]\\d|\\d",
  y: "\\d\\d",
  Y: "\\d{4}",
  z: "[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z",
  A: anyOf(weekdays),
  a: anyOf(shortWeekdays),
  B: anyOf(months),
  b: anyOf(shortMonths),
  p: anyOf(["am", "pm"]),
  Z: anyOf(["utc", "gmt"]),
};

/** Directives that stand for several others, in the C locale. */
const composed: Readonly<Record<string, string>> = {
  c: "%a %b %d %H:%M:%S %Y",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

const space = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const spaces = new RegExp(space, "y");
/** Python escapes these before it looks for directives, so that one after a percent sign is seen as a lone percent sign. */
const escaped = /[\\.^$*+?(){}[\]|\s]/;

/**
 * The format as a regular expression, or why it is none. A directive that stands twice is an error whatever the text,
 * and thrown.
 */
export function compilePattern(format: string): Pattern | (() => DateTimeFailure) {
  const directives: string[] = [];
  let source = "";
  let failure: string | undefined;

  function take(part: string): void {
    for (let at = 0; at < part.length && failure === undefined; at++) {
      const char = part[at]!;
      spaces.lastIndex = at;
      const run = spaces.exec(part)?.[0];
      if (run !== undefined) {
        source += space;
        at += run.length - 1;
      } else if (char !== "%") source += anyCase(char);
      else directive(part[++at]);
    }
  }

  function directive(name: string | undefined): void {
    const form = name === undefined ? undefined : forms[name];
    if (name === undefined) failure = `stray % in format '${format}'`;
    else if (name === "%") source += "%";
    else if (composed[name] !== undefined) take(composed[name]);
    else if (form === undefined) {
      failure = `'${escaped.test(name) ? "%" : name}' is a bad directive in format '${format}'`;
    } else if (directives.includes(name)) {
      throw new DateTimeFailure("FormatError", `directive '%${name}' stands twice in format '${format}'`);
    } else {
      directives.push(name);
      source += `(${form})`;
    }
  }

  take(format);
  const message = failure;
  if (message !== undefined) return () => valueError(message);
  return { expression: new RegExp(`^${source}`), directives };
}

function anyOf(names: readonly string[]): string {
  return names.map((name) => Array.from(name, anyCase).join("")).join("|");
}

/** The `i` flag would let a small z stand for `%z`'s Z, which Python does not allow. */
function anyCase(char: string): string {
  const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
  if (lower !== upper && lower.length === 1 && upper.length === 1) return `[${lower}${upper}]`;
  return char.replace(/[\\^$*+?.()|[\]{}/-]/, "\\$&");
}
