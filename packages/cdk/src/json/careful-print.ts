import { floatText } from "./float-text.ts";
import { Float, isList, keys, type Json, type JsonObject } from "./value.ts";

/** What `JSON.stringify` would print, but for floats, bigints and the order of keys. */
export function printCarefully(value: Json, withoutNulls = false): string {
  if (typeof value === "string") return printString(value);
  if (typeof value !== "object") return String(value);
  if (value === null) return "null";
  if (isList(value)) {
    if (value.length === 0) return "[]";
    let text = `[${printCarefully(value[0]!)}`;
    for (let i = 1; i < value.length; i++) text += `,${printCarefully(value[i]!)}`;
    return `${text}]`;
  }
  if (value instanceof Float) return Number.isFinite(value.value) ? floatText(value.value) : "null";
  return printObject(value, withoutNulls);
}

function printObject(object: JsonObject, withoutNulls: boolean): string {
  const names = keys(object);
  let text = "";
  for (let i = 0; i < names.length; i++) {
    const member = object[names[i]!] ?? null;
    if (withoutNulls && member === null) continue;
    text += (text === "" ? "" : ",") + printKey(names[i]!);
    // The commonest kinds first: a call for each is the greater part of the time.
    if (typeof member === "string") text += printString(member);
    else if (typeof member === "number") text += String(member);
    else text += printCarefully(member);
  }
  return `{${text}}`;
}

/** Most texts need no escape, and then this is faster than `JSON.stringify`, unless they are long. */
function printString(text: string): string {
  if (text.length > 40) return JSON.stringify(text);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34 || c === 92 || c < 32 || (c >= 0xd800 && c < 0xe000)) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const printed = new Map<string, string>();
const MOST_KEYS = 10_000;

/** A key with its colon. Keys come again and again, but for tables of ids. */
function printKey(key: string): string {
  let text = printed.get(key);
  if (text === undefined) {
    text = `${JSON.stringify(key)}:`;
    if (printed.size < MOST_KEYS && key.length < 100) printed.set(key, text);
  }
  return text;
}
