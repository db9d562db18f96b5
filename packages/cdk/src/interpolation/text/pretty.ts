import { failureType } from "../failure.ts";
import { isList, isMapping } from "../value/kind.ts";
import { members } from "../value/mapping.ts";
import { before } from "../value/order.ts";
import { repr } from "../value/text.ts";
import { MappingView, Tuple, type Value } from "../value/value.ts";

const WIDTH = 80;

/** Python's `pprint.pformat`: keys in order, one item a line where a line would be too long. Long texts stay whole. */
export function pretty(value: Value): string {
  return layOut(value, 0, 0);
}

function layOut(value: Value, indent: number, after: number): string {
  const short = onOneLine(value);
  if (indent + short.length + after <= WIDTH) return short;
  if (isMapping(value) && !(value instanceof MappingView)) {
    const pairs = sorted(value);
    const lines = pairs.map(([key, item], i) => {
      const start = `${repr(key)}: `;
      return start + layOut(item, indent + 1 + start.length, i === pairs.length - 1 ? after + 1 : 1);
    });
    return `{${lines.join(separator(indent))}}`;
  }
  if (!isList(value)) return short;
  const [open, close] = value instanceof Tuple ? ["(", ")"] : ["[", "]"];
  const lines = value.map((item, i) => layOut(item, indent + 1, i === value.length - 1 ? after + 1 : 1));
  return `${open}${lines.join(separator(indent))}${value instanceof Tuple && value.length === 1 ? "," : ""}${close}`;
}

function separator(indent: number): string {
  return `,\n${" ".repeat(indent + 1)}`;
}

function onOneLine(value: Value): string {
  if (isMapping(value) && !(value instanceof MappingView)) {
    return `{${sorted(value)
      .map(([key, item]) => `${repr(key)}: ${onOneLine(item)}`)
      .join(", ")}}`;
  }
  if (!isList(value)) return repr(value);
  const items = value.map(onOneLine).join(", ");
  if (!(value instanceof Tuple)) return `[${items}]`;
  return `(${items}${value.length === 1 ? "," : ""})`;
}

function sorted(value: Parameters<typeof members>[0]): (readonly [Value, Value])[] {
  return [...members(value)].sort(([a], [b]) => (comesBefore(a, b) ? -1 : comesBefore(b, a) ? 1 : 0));
}

/** Keys without an order of their own stay as they are. */
function comesBefore(a: Value, b: Value): boolean {
  try {
    return before(a, b);
  } catch (error) {
    if (failureType(error) === "TypeError") return false;
    throw error;
  }
}
