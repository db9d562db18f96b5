import { typeError } from "../failure.ts";
import { isInteger, isText, typeName } from "./kind.ts";
import { numberOf } from "./number.ts";
import { str } from "./text.ts";
import { raiseUndefined } from "./undefined.ts";
import { Callable, Instance, Undefined, type Named, type Value } from "./value.ts";

type Given = Value | undefined;

/** A function or method written for templates. `run` gets what it is called on, then its arguments. */
export interface Method<Self> {
  /** How many arguments it must have, and how many it may have. */
  readonly least: number;
  readonly most: number;
  /** Names of the parameters, where they may be given by name. */
  readonly names: readonly string[];
  readonly run: (self: Self, ...given: Given[]) => Value;
  /** Stands for all of the above where any name may be given. */
  readonly whole?: (self: Self, positional: readonly Value[], named: Named) => Value;
}

/** A method that takes its arguments by place, or by name where `names` are given. */
export function method<Self>(
  least: number,
  most: number,
  run: Method<Self>["run"],
  names: readonly string[] = [],
): Method<Self> {
  return { least, most, run, names };
}

/** A method that takes all arguments as they come. */
export function wholeMethod<Self>(whole: NonNullable<Method<Self>["whole"]>): Method<Self> {
  return {
    least: 0,
    most: Infinity,
    names: [],
    run: (self, ...given) =>
      whole(
        self,
        given.map((value) => value!),
        nothingNamed,
      ),
    whole,
  };
}

export const nothingNamed: Named = new Map();

export function callMethod<Self>(
  name: string,
  { least, most, names, run, whole }: Method<Self>,
  self: Self,
  positional: readonly Value[],
  named: Named = nothingNamed,
): Value {
  if (whole !== undefined) return whole(self, positional, named);
  if (named.size === 0) {
    if (positional.length < least || positional.length > most) throw wrongCount(name, least, most, positional.length);
    return run(self, ...positional);
  }
  return run(self, ...bind(name, names, least, positional, named));
}

/** Arguments in the order of the parameters. */
export function bind(
  name: string,
  names: readonly string[],
  least: number,
  positional: readonly Value[],
  named: Named,
): Given[] {
  if (names.length === 0 && named.size > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (positional.length > names.length) throw wrongCount(name, least, names.length, positional.length);
  const given: Given[] = [...positional];
  for (const [parameter, value] of named) {
    const place = names.indexOf(parameter);
    if (place < 0) throw typeError(`${name}() got an unexpected keyword argument '${parameter}'`);
    if (place < positional.length) throw typeError(`${name}() got multiple values for argument '${parameter}'`);
    given[place] = value;
  }
  for (let i = 0; i < least; i++) {
    if (given[i] === undefined) throw typeError(`${name}() missing a required argument: '${names[i] ?? ""}'`);
  }
  return given;
}

function wrongCount(name: string, least: number, most: number, given: number): Error {
  const takes = least === most ? `${least}` : `from ${least} to ${most}`;
  return typeError(`${name}() takes ${takes} positional arguments but ${given} were given`);
}

/** Calls what a template's expression came to. */
export function callValue(callee: Value, positional: readonly Value[], named: Named): Value {
  if (callee instanceof Callable) return callee.call(positional, named);
  if (callee instanceof Instance && callee.behaviour.call !== undefined)
    return callee.behaviour.call(positional, named);
  if (callee instanceof Undefined) raiseUndefined(callee);
  throw typeError(`'${typeName(callee)}' object is not callable`);
}

/** An argument that must be text. */
export function textArgument(value: Given, what = "argument"): string {
  if (isText(value)) return str(value);
  throw typeError(`${what} must be str, not ${value === undefined ? "nothing" : typeName(value)}`);
}

/** An argument that must be an integer; `absent` where it is left out. */
export function integerArgument(value: Given, absent?: number): number {
  if (value === undefined && absent !== undefined) return absent;
  if (value !== undefined && isInteger(value)) return Number(numberOf(value));
  throw typeError(`'${value === undefined ? "nothing" : typeName(value)}' object cannot be interpreted as an integer`);
}
