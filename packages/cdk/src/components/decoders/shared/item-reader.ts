import { systemError } from "../../../errors.ts";
import { JsonError } from "../../../json/json-error.ts";
import { parseJson } from "../../../json/parse.ts";
import type { Json } from "../../../json/value.ts";

export interface ItemReader {
  /** The items that are complete by now. */
  push(text: string): Json[];
  /** The last ones; throws where the text is no whole JSON. */
  end(): Json[];
}

interface Container {
  readonly list: boolean;
  /** As ijson names it: members' names and, for a list's items, `item`, joined by dots. */
  readonly path: string;
  /** The name of the member at hand. */
  key: string;
}

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

const TOKEN = /[-+.\w]*/y;
const SCALAR = /^(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const SPACE = /[ \t\n\r]*/y;

/**
 * Cuts the values at a path out of a JSON text as it arrives: one item and what arrived with it is in memory at a time.
 * Paths are ijson's: a key with a dot is like two, and the same path may come more than once.
 */
export function createItemReader(itemsPath: string): ItemReader {
  const target = `${itemsPath}.item`;
  const open: Container[] = [];
  let expected: Expected = "value";
  let text = "";
  let at = 0;
  let read = 0; // characters of the parts before `text`
  let enough = 0; // an unfinished value is looked at again when the text has doubled, so a huge one costs O(n)
  let last = false;

  const wrong = (detail: string): Error =>
    systemError(`The answer is no JSON: ${detail} at character ${read + at}.`, { code: "no-json" });

  function push(part: string): Json[] {
    text = text.slice(at) + (read === 0 && at === 0 && text === "" ? part.replace(/^\ufeff/, "") : part);
    read += at;
    at = 0;
    if (text.length < enough && !last) return [];
    enough = 0;
    const items: Json[] = [];
    while (step(items));
    return items;
  }

  /** Reads one token, or a whole item; false where the text ends before it does. */
  function step(items: Json[]): boolean {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
    if (at >= text.length) return false;
    const character = text.charAt(at);
    switch (expected) {
      case "value or end":
        if (character === "]") return close();
        return value(items, character);
      case "value":
        return value(items, character);
      case "key or end":
        if (character === "}") return close();
        return key(character);
      case "key":
        return key(character);
      case "colon":
        if (character !== ":") throw wrong("a colon is missing");
        return next("value");
      case "comma or end": {
        const { list } = open.at(-1)!;
        if (character === (list ? "]" : "}")) return close();
        if (character !== ",") throw wrong(`a comma or the end of ${list ? "a list" : "an object"} is missing`);
        return next(list ? "value" : "key");
      }
      case "nothing":
        throw wrong("something follows the value");
    }
  }

  function next(then: Expected): true {
    at++;
    expected = then;
    return true;
  }

  function close(): true {
    open.pop();
    return next(open.length === 0 ? "nothing" : "comma or end");
  }

  function key(character: string): boolean {
    if (character !== '"') throw wrong("a key is missing");
    const end = stringEnd(text, at);
    if (end < 0) return wait();
    open.at(-1)!.key = parsed(end) as string; // what stands in quotes is a string
    at = end;
    expected = "colon";
    return true;
  }

  function value(items: Json[], character: string): boolean {
    const parent = open.at(-1);
    const nested = character === "{" || character === "[";
    if (parent === undefined || !leadsTo(parent, target)) {
      if (nested) {
        const path = parent === undefined ? "" : pathIn(parent, open.length === 1);
        open.push({ list: character === "[", path, key: "item" });
        return next(character === "[" ? "value or end" : "key or end");
      }
      const end = scalarEnd(character);
      if (end < 0) return wait();
      at = end;
    } else {
      const end = nested ? nestedEnd(text, at) : scalarEnd(character);
      if (end < 0) return wait();
      items.push(parsed(end));
      at = end;
    }
    expected = parent === undefined ? "nothing" : "comma or end";
    return true;
  }

  function parsed(end: number): Json {
    try {
      return parseJson(text.slice(at, end));
    } catch (error) {
      if (error instanceof JsonError) throw wrong(`${error.problem} in the value`);
      throw error;
    }
  }

  function leadsTo(parent: Container, path: string): boolean {
    const name = parent.list ? "item" : parent.key;
    if (open.length === 1) return name === path;
    return (
      parent.path.length + 1 + name.length === path.length && path.startsWith(parent.path) && path.endsWith(`.${name}`)
    );
  }

  function scalarEnd(character: string): number {
    if (character === '"') return stringEnd(text, at);
    TOKEN.lastIndex = at;
    TOKEN.test(text);
    const end = TOKEN.lastIndex;
    if (end === text.length && !last) return -1;
    if (!SCALAR.test(text.slice(at, end))) throw wrong("a value is missing");
    return end;
  }

  function wait(): false {
    if (last) throw wrong("it ends within a value");
    enough = 2 * (text.length - at);
    return false;
  }

  return {
    push,
    end() {
      last = true;
      const items = push("");
      if (expected !== "nothing") throw wrong("it ends before its value does");
      return items;
    },
  };
}

const pathIn = (parent: Container, root: boolean): string =>
  root ? (parent.list ? "item" : parent.key) : `${parent.path}.${parent.list ? "item" : parent.key}`;

/** The end of the string that starts at `at`, negative where it is not there yet. */
function stringEnd(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === 92) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return -1;
}

/** The end of the list or object that starts at `at`, negative where it is not there yet. */
function nestedEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      const end = stringEnd(text, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      depth--;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}
