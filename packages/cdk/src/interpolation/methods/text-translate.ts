import { typeError, valueError } from "../failure.ts";
import { method, textArgument, type Method } from "../value/call.ts";
import { codePointCount } from "../value/iterate.ts";
import { item } from "../value/item.ts";
import { isInteger, isMapping, isText, typeName } from "../value/kind.ts";
import { dictOf, members } from "../value/mapping.ts";
import { str } from "../value/text.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Undefined, type Value } from "../value/value.ts";

/** Replacing characters by a table. */
export const translateMethods: Readonly<Record<string, Method<string>>> = {
  maketrans: method(1, 3, (_text, from, to, away) => makeTable(from!, to, away)),
  translate: method(1, 1, (text, table) => Array.from(text, (character) => translate(character, table!)).join("")),
};

function makeTable(from: Value, to: Value | undefined, away: Value | undefined): Value {
  if (to === undefined) {
    if (!isMapping(from)) throw typeError("if you give only one argument to maketrans it must be a dict");
    return dictOf(members(from).map(([key, value]) => [tableKey(key), value]));
  }
  const [old, fresh] = [Array.from(textArgument(from)), Array.from(textArgument(to))];
  if (old.length !== fresh.length) throw valueError("the first two maketrans arguments must have equal length");
  const removed = away === undefined ? [] : Array.from(textArgument(away));
  return dictOf([
    ...old.map((character, i) => [codeOf(character), codeOf(fresh[i] ?? "")] as const),
    ...removed.map((character) => [codeOf(character), null] as const),
  ]);
}

function tableKey(key: Value): Value {
  if (isInteger(key)) return key;
  if (!isText(key)) throw typeError("keys in translate table must be strings or integers");
  if (codePointCount(str(key)) !== 1) throw valueError("string keys in translate table must be of length 1");
  return codeOf(str(key));
}

function translate(character: string, table: Value): string {
  if (table instanceof Undefined) raiseUndefined(table);
  if (typeof table === "number" || table === null || typeof table === "boolean") {
    throw typeError(`'${typeName(table)}' object is not subscriptable`);
  }
  const found = item(table, codeOf(character));
  if (found === undefined) return character;
  if (found === null) return "";
  if (isInteger(found)) return String.fromCodePoint(Number(found));
  return textArgument(found, "character mapping");
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
