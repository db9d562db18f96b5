import { PlainDate, DateTime } from "../../datetime/datetime.ts";
import { strftime } from "../../datetime/strftime.ts";
import { typeError, valueError } from "../failure.ts";
import { codePointCount } from "../value/iterate.ts";
import { isFloat, isInteger, isText, typeName } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import { str } from "../value/text.ts";
import type { Value } from "../value/value.ts";
import { formatFloat, formatInteger } from "./number-format.ts";

/** What stands after the colon of a replacement field. */
export interface Spec {
  readonly fill: string;
  readonly align: "<" | ">" | "^" | "=" | undefined;
  /** Whether the alignment was asked for: a zero before the width implies one. */
  readonly aligned: boolean;
  readonly sign: "+" | "-" | " " | "";
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: "," | "_" | "";
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;

/** Python's `format(value, spec)`. */
export function format(value: Value, text: string): string {
  if (text === "") return str(value);
  if (value instanceof DateTime || value instanceof PlainDate) return strftime(value, text);
  if (isText(value)) return formatText(str(value), parse(text));
  if (isInteger(value)) return pad(formatInteger(numberOf(value)!, parse(text)), parse(text), ">");
  if (isFloat(value)) return pad(formatFloat(Number(numberOf(value)), parse(text)), parse(text), ">");
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function parse(text: string): Spec {
  const match = SPEC.exec(text);
  if (match === null) throw valueError(`Invalid format specifier '${text}'`);
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, type] = match;
  if (grouping !== undefined && type === "n") throw valueError(`Cannot specify '${grouping}' with 'n'.`);
  return {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: (align as Spec["align"]) ?? (zero === undefined ? undefined : "="), // the pattern takes these four
    aligned: align !== undefined,
    sign: sign === "+" || sign === " " || sign === "-" ? sign : "",
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping === "," || grouping === "_" ? grouping : "",
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? "",
  };
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== "" && spec.type !== "s") {
    throw valueError(`Unknown format code '${spec.type}' for object of type 'str'`);
  }
  if (spec.sign !== "" || spec.alternate) throw valueError("Sign or alternate form not allowed for text");
  if (spec.grouping !== "") throw valueError(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.align === "=" && spec.aligned) throw valueError("'=' alignment not allowed in string format specifier");
  const shown = spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join("");
  return pad(shown, spec.align === "=" ? { ...spec, align: "<" } : spec, "<");
}

/** Fills up to the width; `=` puts the filling between sign and digits. */
function pad(text: string, { fill, align, width, grouping, type }: Spec, usual: "<" | ">"): string {
  const missing = width - codePointCount(text);
  if (missing <= 0) return text;
  const side = align ?? usual;
  if (side === "<") return text + fill.repeat(missing);
  if (side === ">") return fill.repeat(missing) + text;
  if (side === "^") return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
  const start = /^[-+ ]?(?:0[bBoOxX])?/.exec(text)?.[0] ?? "";
  const digits = text.slice(start.length);
  return (
    start +
    (fill === "0" && grouping !== ""
      ? groupedZeros(digits, grouping, width - start.length, "boxX".includes(type || "-") ? 4 : 3)
      : fill.repeat(missing) + digits)
  );
}

/** Zeros before a number with separators are grouped like its digits. */
function groupedZeros(digits: string, grouping: string, width: number, size: number): string {
  const end = size === 4 ? digits.length : digits.search(/[.e%]|$/);
  const rest = digits.slice(end);
  const pattern = new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, "g");
  let whole = digits.slice(0, end).replaceAll(grouping, "");
  const shown = (): string => whole.replace(pattern, grouping) + rest;
  while (shown().length < width) whole = `0${whole}`;
  return shown();
}
