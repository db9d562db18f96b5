import { fail, valueError } from "../failure.ts";
import { integerArgument, method, textArgument, type Method } from "../value/call.ts";
import { codePointCount, isSimple } from "../value/iterate.ts";
import { slice } from "../value/item.ts";
import { isText, isTuple } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { Bytes, type Value } from "../value/value.ts";
import { typeError } from "../failure.ts";

type Given = Value | undefined;

/** Finding, counting and replacing. */
export const searchMethods: Readonly<Record<string, Method<string>>> = {
  find: method(1, 3, (text, part, start, stop) => find(text, part, start, stop, false)),
  rfind: method(1, 3, (text, part, start, stop) => find(text, part, start, stop, true)),
  index: method(1, 3, (text, part, start, stop) => found(find(text, part, start, stop, false))),
  rindex: method(1, 3, (text, part, start, stop) => found(find(text, part, start, stop, true))),
  count: method(1, 3, (text, part, start, stop) => {
    const within = str(slice(text, { start, stop, step: undefined }));
    const wanted = textArgument(part);
    return wanted === "" ? codePointCount(within) + 1 : within.split(wanted).length - 1;
  }),
  startswith: method(1, 3, (text, prefix, start, stop) => {
    const wanted = options(prefix, "startswith");
    const within = part(text, start, stop);
    return within !== undefined && wanted.some((option) => within.startsWith(option));
  }),
  endswith: method(1, 3, (text, suffix, start, stop) => {
    const wanted = options(suffix, "endswith");
    const within = part(text, start, stop);
    return within !== undefined && wanted.some((option) => within.endsWith(option));
  }),
  replace: method(2, 3, (text, old, fresh, count) =>
    replace(
      text,
      textArgument(old, "replace() argument 1"),
      textArgument(fresh, "replace() argument 2"),
      integerArgument(count, -1),
    ),
  ),
  encode: method(
    0,
    2,
    (text, encoding, errors) => {
      if (errors !== undefined) textArgument(errors, "encode() argument 'errors'");
      return encode(text, encoding);
    },
    ["encoding", "errors"],
  ),
};

/** Python's `text.replace(old, fresh, count)`; a negative count is all. */
export function replace(text: string, old: string, fresh: string, count: number): string {
  if (count < 0 && old !== "") return text.replaceAll(old, () => fresh);
  const pieces = old === "" ? ["", ...Array.from(text), ""] : text.split(old);
  const limit = count < 0 ? pieces.length : count;
  let result = pieces[0] ?? "";
  for (let i = 1; i < pieces.length; i++) result += (i <= limit ? fresh : old) + (pieces[i] ?? "");
  return result;
}

function find(text: string, part: Given, start: Given, stop: Given, last: boolean): number {
  const wanted = textArgument(part);
  const size = codePointCount(text);
  const place = (given: Given, absent: number): number => {
    if (given === undefined || given === null) return absent;
    const index = integerArgument(given);
    return index < 0 ? Math.max(index + size, 0) : index;
  };
  const from = place(start, 0);
  const within = str(slice(text, { start: from, stop: place(stop, size), step: undefined }));
  if (from > size || (wanted !== "" && within.length < wanted.length)) return -1;
  if (place(stop, size) < from) return -1;
  const at = last ? within.lastIndexOf(wanted) : within.indexOf(wanted);
  if (at < 0) return -1;
  return from + (isSimple(within) ? at : codePointCount(within.slice(0, at)));
}

function found(at: number): number {
  if (at < 0) throw valueError("substring not found");
  return at;
}

/** The part of the text that counts, undefined where the bounds leave the text. */
function part(text: string, start: Given, stop: Given): string | undefined {
  if (start === undefined) return text;
  if (stop !== undefined && stop !== null) integerArgument(stop);
  if (start !== null && integerArgument(start) > codePointCount(text)) return undefined;
  return str(slice(text, { start, stop, step: undefined }));
}

function options(value: Given, name: string): string[] {
  if (isTuple(value)) return value.map((option) => textArgument(option));
  if (isText(value)) return [str(value)];
  throw typeError(`${name} first arg must be str or a tuple of str`);
}

function encode(text: string, encoding: Given): Bytes {
  const name = encoding === undefined ? "utf-8" : textArgument(encoding).toLowerCase().replaceAll("_", "-");
  if (name === "utf-8" || name === "utf8") return new Bytes(new TextEncoder().encode(text));
  const limit =
    name === "ascii" || name === "us-ascii" ? 0x80 : name === "latin-1" || name === "iso-8859-1" ? 0x100 : 0;
  if (limit === 0) throw fail("LookupError", `unknown encoding: ${name}`);
  const units = Array.from(text, (character) => character.codePointAt(0)!);
  if (units.some((unit) => unit >= limit))
    throw valueError(`'${name}' codec can't encode characters: ordinal not in range(${limit})`);
  return new Bytes(Uint8Array.from(units));
}
