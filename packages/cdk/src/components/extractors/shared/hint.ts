import type { Scope } from "../../../component.ts";
import type { HttpResponse } from "../../../http/types.ts";
import { printJson } from "../../../json/print.ts";
import { str } from "../../../json/python-text.ts";
import { get, isList, isObject, keys, type Json } from "../../../json/value.ts";
import { nearest } from "../../../protocol/nearest.ts";
import type { RecordPath } from "./record-path.ts";

/** Says, once, that an answer has nothing where records are looked for, and where it has lists of objects. */
export type Hint = (response: HttpResponse, body: Json, path: RecordPath) => void;

export function createHint({ stream, run }: Scope): Hint {
  let given = false;
  return (response, body, path) => {
    if (given || response.status < 200 || response.status > 299 || !isObject(body) || keys(body).length === 0) return;
    if (path.isIn(body)) return; // an empty list is an answer
    given = true;
    const lists = recordLists(body);
    const likely = nearest(
      str(path.parts.at(-1) ?? ""),
      lists.map((list) => list.at(-1)!),
    );
    lists.sort((a, b) => Number(b.at(-1) === likely) - Number(a.at(-1) === likely) || a.length - b.length);
    run.log(
      lists.length === 0 ? "INFO" : "WARN",
      `Stream ${stream.name}: the answer of ${response.request.method} ${response.url} has nothing at the extractor's ` +
        `field_path ${printJson(path.parts)}, so it gives no records. ${whatElse(lists, body)}`,
    );
  };
}

function whatElse(lists: readonly string[][], body: Json): string {
  if (lists.length > 0) {
    const named = lists.slice(0, MOST_NAMED).map((list) => JSON.stringify(list));
    return `Lists of objects are at ${named.join(", ")}${lists.length > MOST_NAMED ? " and elsewhere" : ""}.`;
  }
  const names = isObject(body) ? keys(body).slice(0, MOST_KEYS) : [];
  return `It has no list of objects; its keys are ${names.join(", ")}.`;
}

const MOST_NAMED = 3;
const MOST_KEYS = 10;
const DEEPEST = 5;

/** The paths of lists that hold objects; of the items on the way the first one is looked at. */
function recordLists(body: Json): string[][] {
  const found: string[][] = [];
  function look(value: Json | undefined, path: readonly string[]): void {
    if (isList(value)) {
      if (path.length > 0 && isObject(value[0])) found.push([...path]);
      if (path.length < DEEPEST) look(value[0], [...path, "*"]);
    } else if (isObject(value) && path.length < DEEPEST) {
      for (const key of keys(value)) look(get(value, key), [...path, key]);
    }
  }
  look(body, []);
  return found.filter((path) => path.at(-1) !== "*");
}
