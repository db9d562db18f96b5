/** Matches every form of every value, the longest first: one secret may be part of another. */
export function secretPattern(values: Iterable<string>): RegExp {
  const forms = [...values].flatMap(secretForms);
  const patterns = forms.sort((one, other) => other.length - one.length).map(({ pattern }) => pattern);
  return new RegExp([...new Set(patterns)].join("|"), "gu");
}

/** A way to write a secret: a pattern (of the flag `u`), and the length of the text that it comes from. */
export interface SecretForm {
  readonly length: number;
  readonly pattern: string;
}

/** All ways to write a secret: as it is, percent-encoded, escaped, in base64. A short one counts only as a whole word. */
export function secretForms(value: string): SecretForm[] {
  const spellings = [...new Set([value, value.trim()])].map((text) => [text.length, spelled(text)] as const);
  const encoded = [...inBase64(value)].flatMap((form) =>
    [form, form.replaceAll("+", "-").replaceAll("/", "_")].map((text) => [text.length, quoted(text)] as const),
  );
  const whole = (pattern: string): string => `(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])`;
  return [...spellings, ...encoded]
    .filter(([length]) => length > 0)
    .map(([length, pattern]) => ({ length, pattern: value.length < 4 ? whole(pattern) : pattern }));
}

/**
 * The text, each character of it as it is, percent-encoded, or escaped as in JSON or in Python: encoders differ in what they
 * encode, but all leave letters and digits alone.
 */
function spelled(text: string): string {
  return Array.from(text, (character) => (/[A-Za-z0-9]/.test(character) ? character : oneOf(waysOf(character)))).join(
    "",
  );
}

function* waysOf(character: string): Generator<string> {
  // A backslash is escaped once more where JSON holds JSON.
  if (character === "\\") yield "\\\\{1,4}";
  else if (character === '"' || character === "'" || character === "/") yield `\\\\{0,3}${quoted(character)}`;
  else yield quoted(character);
  if (character === " ") yield "\\+";
  const short = JSON.stringify(character).slice(1, -1);
  if (/^\\[bfnrt]$/.test(short)) yield `\\\\{1,3}${short.slice(1)}`;
  yield [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join("");
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  yield units.map((unit) => `\\\\{1,3}u${hex(unit, 4)}`).join("");
}

const oneOf = (ways: Iterable<string>): string => `(?:${[...ways].join("|")})`;

/** Hexadecimal digits in either case. */
const hex = (number: number, digits: number): string =>
  number
    .toString(16)
    .padStart(digits, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** The value in base64, and what its bytes look like there when it stands within a longer text, as `user:password` does. */
function* inBase64(value: string): Generator<string> {
  const bytes = Buffer.from(value);
  yield bytes.toString("base64").replace(/=+$/, "");
  if (bytes.length < 8) return; // what is left of a short one is too likely to be something else
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = Math.floor(padded.length / 3) * 4;
    yield padded.toString("base64").slice(before === 0 ? 0 : 4, whole);
  }
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
