import { typeError } from "../failure.ts";
import type { BinaryOperator } from "../syntax/nodes.ts";
import { percentFormat } from "../text/percent-format.ts";
import { typeName } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Markup, Undefined, type Value } from "../value/value.ts";
import { addition, divide, floorDivision, modulo, multiplication, power, reckon, subtraction } from "./number.ts";
import { concatenate, repeat, setDifference } from "./sequence.ts";
import {
  addTimes,
  divideTimes,
  floorDivideTimes,
  moduloTimes,
  multiplyTimes,
  negateTime,
  subtractTimes,
} from "./time.ts";
import { float, integer } from "../../json/value.ts";
import { isFloat } from "../value/kind.ts";
import { isDuration } from "../value/equal.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { escape } from "../text/html.ts";
import { escapedValues } from "./markup.ts";

type Operator = (a: Value, b: Value) => Value;

/** Ways to apply an operator; the first that takes the operands counts. */
function either(symbol: string, ...ways: ((a: Value, b: Value) => Value | undefined)[]): Operator {
  return (a, b) => {
    for (const way of ways) {
      const result = way(a, b);
      if (result !== undefined) return result;
    }
    if (a instanceof Undefined) raiseUndefined(a);
    if (b instanceof Undefined) raiseUndefined(b);
    throw typeError(`unsupported operand type(s) for ${symbol}: '${typeName(a)}' and '${typeName(b)}'`);
  };
}

export const binary: Readonly<Record<BinaryOperator, Operator>> = {
  "+": either("+", (a, b) => reckon(addition, a, b), concatenate, addTimes),
  "-": either("-", (a, b) => reckon(subtraction, a, b), subtractTimes, setDifference),
  "*": either("*", (a, b) => reckon(multiplication, a, b), repeat, multiplyTimes),
  "/": either("/", divide, divideTimes),
  "//": either("//", (a, b) => reckon(floorDivision, a, b), floorDivideTimes),
  "%": either("%", (a, b) => reckon(modulo, a, b), formatText, moduloTimes),
  "**": either("** or pow()", power),
};

function formatText(a: Value, b: Value): Value | undefined {
  if (typeof a === "string") return b instanceof Markup ? new Markup(percentFormat(escape(a), b)) : percentFormat(a, b);
  return a instanceof Markup ? new Markup(percentFormat(a.text, escapedValues(b))) : undefined;
}

/** `-value` and `+value`. */
export function signed(operator: "-" | "+", value: Value): Value {
  const number = numberOf(value);
  if (number === undefined) {
    if (value instanceof Undefined) raiseUndefined(value);
    if (isDuration(value) && operator === "-") return negateTime(value);
    if (value instanceof Timedelta) return value;
    throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
  }
  if (operator === "+") return typeof value === "boolean" ? number : value;
  if (isFloat(value)) return float(-Number(number));
  return typeof number === "bigint" ? integer(-number) : 0 - number;
}
