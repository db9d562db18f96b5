import { printPython } from "../../json/print.ts";
import { Float } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { isList, isMapping, isText, typeName } from "../value/kind.ts";
import { members } from "../value/mapping.ts";
import { before } from "../value/order.ts";
import { str } from "../value/text.ts";
import { MappingView, type Value } from "../value/value.ts";

export interface JsonTextOptions {
  readonly sortKeys?: boolean;
  /** What a level is indented by; on one line when left out. */
  readonly indent?: string | undefined;
}

/**
 * Python's `json.dumps(value)`.
 * @throws a TypeError for what JSON has no form for
 */
export function jsonText(value: Value, { sortKeys = false, indent }: JsonTextOptions): string {
  const list = (open: string, parts: readonly string[], close: string, level: string): string => {
    if (parts.length === 0) return open + close;
    if (indent === undefined) return open + parts.join(", ") + close;
    const line = `\n${level}`;
    return `${open}${line}${indent}${parts.join(`,${line}${indent}`)}${line}${close}`;
  };
  const write = (item: Value, level: string): string => {
    if (typeof item !== "object" || item === null || item instanceof Float) return printPython(item);
    if (isText(item)) return printPython(str(item));
    const deeper = level + (indent ?? "");
    if (isList(item))
      return list(
        "[",
        item.map((part) => write(part, deeper)),
        "]",
        level,
      );
    if (!isMapping(item) || item instanceof MappingView) {
      throw typeError(`Object of type ${typeName(item)} is not JSON serializable`);
    }
    const pairs = [...members(item)];
    if (sortKeys) pairs.sort(([a], [b]) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
    return list(
      "{",
      pairs.map(([key, part]) => `${keyText(key)}: ${write(part, deeper)}`),
      "}",
      level,
    );
  };
  return write(value, "");
}

function keyText(key: Value): string {
  if (isText(key)) return printPython(str(key));
  if (typeof key === "object" && key !== null && !(key instanceof Float)) {
    throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }
  return `"${printPython(key)}"`;
}
