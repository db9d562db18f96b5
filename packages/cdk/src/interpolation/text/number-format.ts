import { floatText } from "../../json/float-text.ts";
import { fail, valueError } from "../failure.ts";
import { fixed, general, scientific } from "./digits.ts";
import type { Spec } from "./format-spec.ts";

const BASES: Readonly<Record<string, readonly [base: number, prefix: string, group: number]>> = {
  b: [2, "0b", 4],
  o: [8, "0o", 4],
  x: [16, "0x", 4],
  X: [16, "0X", 4],
  d: [10, "", 3],
  n: [10, "", 3],
  "": [10, "", 3],
};

/** An integer as a format spec says, not yet filled to its width. */
export function formatInteger(value: number | bigint, spec: Spec): string {
  if ("eEfFgG%".includes(spec.type) && spec.type !== "") return formatFloat(Number(value), spec);
  if (spec.precision !== undefined) throw valueError("Precision not allowed in integer format specifier");
  if (spec.type === "c") return character(Number(value), spec);
  const [base, prefix, group] = BASES[spec.type] ?? unknown(spec.type, "int");
  if (spec.grouping === "," && group !== 3) throw valueError(`Cannot specify ',' with '${spec.type}'.`);
  const size = value < 0 ? -BigInt(value) : BigInt(value);
  const digits = spec.type === "X" ? size.toString(base).toUpperCase() : size.toString(base);
  return signOf(value < 0, spec) + (spec.alternate ? prefix : "") + grouped(digits, spec.grouping, group);
}

function character(code: number, { sign, grouping, alternate }: Spec): string {
  if (sign !== "") throw valueError("Sign not allowed with integer format specifier 'c'");
  if (alternate) throw valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (grouping !== "") throw valueError(`Cannot specify '${grouping}' with 'c'.`);
  if (code < 0 || code > 0x10ffff) throw fail("OverflowError", "%c arg not in range(0x110000)");
  return String.fromCodePoint(code);
}

/** A float as a format spec says, not yet filled to its width. */
export function formatFloat(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0);
  const text = floatDigits(Math.abs(value), spec);
  const end = text.search(/[.e%]|$/);
  return signOf(negative, spec) + grouped(text.slice(0, end), spec.grouping, 3) + text.slice(end);
}

function floatDigits(size: number, { type, precision, alternate }: Spec): string {
  const upper = type === "E" || type === "F" || type === "G";
  if (!Number.isFinite(size)) {
    const name = Number.isNaN(size) ? "nan" : "inf";
    return `${upper ? name.toUpperCase() : name}${type === "%" ? "%" : ""}`;
  }
  const point = (text: string): string => (alternate && !text.includes(".") ? text.replace(/(?=e|$)/, ".") : text);
  switch (type) {
    case "f":
    case "F":
      return point(fixed(size, precision ?? 6));
    case "e":
      return point(scientific(size, precision ?? 6));
    case "E":
      return point(scientific(size, precision ?? 6)).toUpperCase();
    case "%":
      return `${point(fixed(size * 100, precision ?? 6))}%`;
    case "g":
    case "n":
      return point(general(size, precision ?? 6, alternate));
    case "G":
      return point(general(size, precision ?? 6, alternate)).toUpperCase();
    case "":
      return precision === undefined ? point(floatText(size)) : point(general(size, precision, alternate, true));
    default:
      return unknown(type, "float");
  }
}

function grouped(digits: string, separator: string, size: number): string {
  return separator === "" ? digits : digits.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, "g"), separator);
}

function signOf(negative: boolean, { sign }: Spec): string {
  if (negative) return "-";
  return sign === "-" ? "" : sign; // "-" asks for what is usual
}

function unknown(type: string, name: string): never {
  throw valueError(`Unknown format code '${type}' for object of type '${name}'`);
}
