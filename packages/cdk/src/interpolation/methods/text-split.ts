import { typeError, valueError } from "../failure.ts";
import { SPACE, splitLines, stripEnd, stripStart, words } from "../text/whitespace.ts";
import { integerArgument, method, textArgument, type Method } from "../value/call.ts";
import { iterate } from "../value/iterate.ts";
import { isText, typeName } from "../value/kind.ts";
import { str } from "../value/text.ts";
import { tuple, type Value } from "../value/value.ts";

type Given = Value | undefined;

/** Splitting and joining. */
export const splitMethods: Readonly<Record<string, Method<string>>> = {
  split: method(0, 2, (text, separator, limit) => split(text, separator, integerArgument(limit, -1)), [
    "sep",
    "maxsplit",
  ]),
  rsplit: method(0, 2, (text, separator, limit) => splitFromEnd(text, separator, integerArgument(limit, -1)), [
    "sep",
    "maxsplit",
  ]),
  splitlines: method(0, 1, (text, keep) => splitLines(text, integerArgument(keep, 0) !== 0), ["keepends"]),
  partition: method(1, 1, (text, separator) => {
    const cut = separatorOf(separator);
    const at = text.indexOf(cut);
    return tuple(at < 0 ? [text, "", ""] : [text.slice(0, at), cut, text.slice(at + cut.length)]);
  }),
  rpartition: method(1, 1, (text, separator) => {
    const cut = separatorOf(separator);
    const at = text.lastIndexOf(cut);
    return tuple(at < 0 ? ["", "", text] : [text.slice(0, at), cut, text.slice(at + cut.length)]);
  }),
  join: method(1, 1, (text, items) => join(text, items)),
};

function join(separator: string, items: Given): string {
  if (items === undefined) throw typeError("can only join an iterable");
  const texts: string[] = [];
  for (const item of iterate(items)) {
    if (!isText(item)) throw typeError(`sequence item ${texts.length}: expected str instance, ${typeName(item)} found`);
    texts.push(str(item));
  }
  return texts.join(separator);
}

function split(text: string, separator: Given, limit: number): string[] {
  if (separator === undefined || separator === null) return limit < 0 ? words(text) : firstWords(text, limit);
  const cut = separatorOf(separator);
  const pieces = text.split(cut);
  if (limit < 0 || pieces.length <= limit + 1) return pieces;
  return [...pieces.slice(0, limit), pieces.slice(limit).join(cut)];
}

function splitFromEnd(text: string, separator: Given, limit: number): string[] {
  if (separator === undefined || separator === null) return limit < 0 ? words(text) : lastWords(text, limit);
  const cut = separatorOf(separator);
  const pieces = text.split(cut);
  if (limit < 0 || pieces.length <= limit + 1) return pieces;
  return [pieces.slice(0, pieces.length - limit).join(cut), ...pieces.slice(pieces.length - limit)];
}

const firstWord = new RegExp(`^[^${SPACE}]+`);
const lastWord = new RegExp(`[^${SPACE}]+$`);

function firstWords(text: string, limit: number): string[] {
  const found: string[] = [];
  let rest = stripStart(text);
  while (rest !== "" && found.length < limit) {
    const word = firstWord.exec(rest)?.[0] ?? "";
    found.push(word);
    rest = stripStart(rest.slice(word.length));
  }
  return rest === "" ? found : [...found, rest];
}

function lastWords(text: string, limit: number): string[] {
  const found: string[] = [];
  let rest = stripEnd(text);
  while (rest !== "" && found.length < limit) {
    const word = lastWord.exec(rest)?.[0] ?? "";
    found.unshift(word);
    rest = stripEnd(rest.slice(0, rest.length - word.length));
  }
  return rest === "" ? found : [rest, ...found];
}

function separatorOf(value: Given): string {
  const separator = textArgument(value);
  if (separator === "") throw valueError("empty separator");
  return separator;
}
