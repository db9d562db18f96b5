import { float, integer, type Float } from "../../json/value.ts";
import { fail } from "../failure.ts";
import { toFloat } from "../text/numbers.ts";
import { isFloat } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import type { Value } from "../value/value.ts";

type Whole = number | bigint;
type Result = number | bigint | Float;

/** How an operator reckons: floats as floats, integers exactly. */
interface Arithmetic {
  readonly floats: (a: number, b: number) => number;
  /** Undefined where the result may be beyond the safe integers, or is none. */
  readonly safe: (a: number, b: number) => number | undefined;
  readonly integers: (a: bigint, b: bigint) => bigint;
}

/** The result for two numbers, undefined when one of the operands is none. */
export function reckon({ floats, safe, integers }: Arithmetic, a: Value, b: Value): Result | undefined {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left === undefined || right === undefined) return undefined;
  if (isFloat(a) || isFloat(b)) return float(floats(toFloat(left), toFloat(right)));
  if (typeof left === "number" && typeof right === "number") {
    const result = safe(left, right);
    if (result !== undefined && Number.isSafeInteger(result)) return result + 0; // never -0, which is no integer
  }
  return integer(integers(BigInt(left), BigInt(right)));
}

export const addition: Arithmetic = {
  floats: (a, b) => a + b,
  safe: (a, b) => a + b,
  integers: (a, b) => a + b,
};

export const subtraction: Arithmetic = {
  floats: (a, b) => a - b,
  safe: (a, b) => a - b,
  integers: (a, b) => a - b,
};

export const multiplication: Arithmetic = {
  floats: (a, b) => a * b,
  safe: (a, b) => a * b,
  integers: (a, b) => a * b,
};

export const floorDivision: Arithmetic = {
  floats: (a, b) => floorQuotient(a, nonZero(b, "float floor division by zero")),
  safe: (a, b) => (b === 0 ? undefined : Math.floor((a - remainder(a, b)) / b)),
  integers(a, b) {
    if (b === 0n) throw fail("ZeroDivisionError", "integer division or modulo by zero");
    const cut = a / b;
    return a % b !== 0n && a < 0n !== b < 0n ? cut - 1n : cut;
  },
};

export const modulo: Arithmetic = {
  floats(a, b) {
    const result = remainder(a, nonZero(b, "float modulo"));
    // A zero has the sign of the divisor.
    return result === 0 ? (b < 0 ? -0 : 0) : result;
  },
  safe: (a, b) => (b === 0 ? undefined : remainder(a, b)),
  integers(a, b) {
    if (b === 0n) throw fail("ZeroDivisionError", "integer modulo by zero");
    const rest = a % b;
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  },
};

/** The remainder that has the divisor's sign. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function floorQuotient(a: number, b: number): number {
  const quotient = (a - remainder(a, b)) / b;
  if (quotient === 0) return a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function nonZero(value: number, message: string): number {
  if (value === 0) throw fail("ZeroDivisionError", message);
  return value;
}

/** Python's `a / b`, always a float; undefined when one of the operands is no number. */
export function divide(a: Value, b: Value): number | Float | undefined {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left === undefined || right === undefined) return undefined;
  if (right == 0)
    throw fail("ZeroDivisionError", isFloat(a) || isFloat(b) ? "float division by zero" : "division by zero");
  if (typeof left === "number" && typeof right === "number") return float(left / right);
  if (isFloat(a) || isFloat(b)) return float(toFloat(left) / toFloat(right));
  return float(nearestQuotient(BigInt(left), BigInt(right)));
}

/** The float nearest to the quotient of two integers of any size. */
function nearestQuotient(over: bigint, under: bigint): number {
  const negative = over < 0n !== under < 0n;
  const [top, bottom] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const shift = BigInt(Math.max(64 + bottom.toString(2).length - top.toString(2).length, 0));
  const scaled = top << shift;
  // The last bit says whether anything was cut off, so that the rounding to 53 bits is right.
  const quotient = (scaled / bottom) | (scaled % bottom === 0n ? 0n : 1n);
  const result = toFloat(quotient) / 2 ** Number(shift);
  return negative ? -result : result;
}

const MOST_BITS = 1_000_000;

/** Python's `a ** b`; undefined when one of the operands is no number. */
export function power(a: Value, b: Value): Result | undefined {
  const base = numberOf(a);
  const exponent = numberOf(b);
  if (base === undefined || exponent === undefined) return undefined;
  if (!isFloat(a) && !isFloat(b) && exponent >= 0) return integerPower(base, exponent);
  const [left, right] = [toFloat(base), toFloat(exponent)];
  if (left === 0 && right < 0) throw fail("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  if (left < 0 && Number.isFinite(left) && Number.isFinite(right) && !Number.isInteger(right)) {
    throw fail("ValueError", "a negative number to a broken power is complex, which no template can use");
  }
  if (left === 1) return float(1);
  const result = left === -1 && !Number.isFinite(right) ? 1 : right === 0.5 ? Math.sqrt(left) : left ** right;
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right)) {
    throw fail("OverflowError", "(34, 'Numerical result out of range')");
  }
  return float(result);
}

function integerPower(base: Whole, exponent: Whole): number | bigint {
  const result = Number(base) ** Number(exponent);
  if (Number.isSafeInteger(result)) return result + 0;
  const bits = BigInt(base).toString(2).length * Number(exponent);
  if (bits > MOST_BITS) throw fail("OverflowError", `${base} ** ${exponent} is too large`);
  return integer(BigInt(base) ** BigInt(exponent));
}
