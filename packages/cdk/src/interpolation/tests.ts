import { isLower, isUpper } from "./methods/text-case.ts";
import { contains } from "./operators/contains.ts";
import { binary } from "./operators/operators.ts";
import { findFilter } from "./filters/filters.ts";
import { method, type Method } from "./value/call.ts";
import { equal } from "./value/equal.ts";
import { iterable, sizeOf } from "./value/iterate.ts";
import { keyOf } from "./value/key.ts";
import { isFloat, isInteger, isMapping, isText } from "./value/kind.ts";
import { ordered, type Order } from "./value/order.ts";
import { str } from "./value/text.ts";
import { Callable, Instance, Markup, PythonSet, Undefined, DictView, type Value } from "./value/value.ts";

const compared = (...operators: [string, Order][]): Record<string, Method<Value>> =>
  Object.fromEntries(operators.map(([name, order]) => [name, method(1, 1, (a, b) => ordered(order, a, b!))]));
const equals = method<Value>(1, 1, (a, b) => equal(a, b!));
const differs = method<Value>(1, 1, (a, b) => !equal(a, b!));
const remainder = (value: Value, divisor: Value): Value => binary["%"](value, divisor);

/** What stands after `is`. */
const tests: Readonly<Record<string, Method<Value>>> = {
  defined: method(0, 0, (value) => !(value instanceof Undefined)),
  undefined: method(0, 0, (value) => value instanceof Undefined),
  none: method(0, 0, (value) => value === null),
  boolean: method(0, 0, (value) => typeof value === "boolean"),
  true: method(0, 0, (value) => value === true),
  false: method(0, 0, (value) => value === false),
  integer: method(0, 0, (value) => isInteger(value) && typeof value !== "boolean"),
  float: method(0, 0, (value) => isFloat(value)),
  number: method(0, 0, (value) => isInteger(value) || isFloat(value)),
  string: method(0, 0, (value) => isText(value)),
  mapping: method(0, 0, (value) => isMapping(value)),
  sequence: method(
    0,
    0,
    (value) =>
      sizeOf(value) !== undefined &&
      !(value instanceof PythonSet || value instanceof DictView || value instanceof Instance),
  ),
  iterable: method(0, 0, (value) => iterable(value) !== undefined),
  callable: method(
    0,
    0,
    (value) =>
      value instanceof Callable ||
      value instanceof Undefined ||
      (value instanceof Instance && value.behaviour.call !== undefined),
  ),
  escaped: method(0, 0, (value) => value instanceof Markup),
  sameas: method(1, 1, (value, other) => value === other, ["other"]),
  odd: method(0, 0, (value) => equal(remainder(value, 2), 1)),
  even: method(0, 0, (value) => equal(remainder(value, 2), 0)),
  divisibleby: method(1, 1, (value, divisor) => equal(remainder(value, divisor!), 0), ["num"]),
  lower: method(0, 0, (value) => isLower(str(value))),
  upper: method(0, 0, (value) => isUpper(str(value))),
  in: method(1, 1, (value, container) => contains(container!, value), ["seq"]),
  filter: method(0, 0, (name) => isKnown(name, findFilter)),
  test: method(0, 0, (name) => isKnown(name, findTest)),
  "==": equals,
  eq: equals,
  equalto: equals,
  "!=": differs,
  ne: differs,
  ...compared([">", ">"], ["gt", ">"], ["greaterthan", ">"], [">=", ">="], ["ge", ">="]),
  ...compared(["<", "<"], ["lt", "<"], ["lessthan", "<"], ["<=", "<="], ["le", "<="]),
};

/** All names, for messages. */
export function testNames(): string[] {
  return Object.keys(tests);
}

function isKnown(name: Value, find: (name: string) => unknown): boolean {
  keyOf(name); // fails for what cannot be a key
  return isText(name) && find(str(name)) !== undefined;
}

export function findTest(name: string): Method<Value> | undefined {
  return Object.hasOwn(tests, name) ? tests[name] : undefined;
}
