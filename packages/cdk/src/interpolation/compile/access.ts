import { get } from "../../json/value.ts";
import { failureType } from "../failure.ts";
import { dictMethods } from "../methods/dict.ts";
import type { Attribute, Call, Expression, Item, Name } from "../syntax/nodes.ts";
import { getAttribute, getItem, isInternal } from "../value/attribute.ts";
import { callValue, nothingNamed } from "../value/call.ts";
import { slice } from "../value/item.ts";
import { isJsonObject } from "../value/kind.ts";
import { undefinedHint, undefinedMember, undefinedName } from "../value/undefined.ts";
import type { Value } from "../value/value.ts";
import { compileArguments } from "./arguments.ts";
import { compileExpression, compileNode } from "./expression.ts";
import { reader, type Evaluate, type Frame } from "./frame.ts";
import { parts } from "./names.ts";
import { findVariable } from "./symbols.ts";

export function compileName({ name }: Name, frame: Frame): Evaluate {
  const variable = findVariable(frame.symbols, name);
  if (variable === undefined) return () => undefinedName(name);
  const read = reader(frame, variable);
  return (activation) => {
    const value = read(activation);
    return value === undefined ? undefinedName(name) : value;
  };
}

export function compileAttribute({ object, name }: Attribute, frame: Frame): Evaluate {
  const owner = compileNode(object, frame);
  if (Object.hasOwn(dictMethods, name) || isInternal(name))
    return (activation) => getAttribute(owner(activation), name);
  return (activation) => {
    const value = owner(activation);
    return isJsonObject(value) ? member(value, name) : getAttribute(value, name);
  };
}

function member(object: Parameters<typeof get>[0], name: string): Value {
  const found = get(object, name);
  return found === undefined ? undefinedMember(object, name) : found;
}

export function compileItem({ object, key }: Item, frame: Frame): Evaluate {
  const owner = compileNode(object, frame);
  if (key.type === "Slice") {
    const bound = (node: typeof key.start): ((activation: Parameters<Evaluate>[0]) => Value | undefined) =>
      node === undefined ? () => undefined : compileExpression(node, frame);
    const [start, stop, step] = [bound(key.start), bound(key.stop), bound(key.step)];
    const cut: Evaluate = (activation) =>
      slice(owner(activation), { start: start(activation), stop: stop(activation), step: step(activation) });
    return isLiteral(object) && isLiteral(key) ? orUndefined(cut) : cut;
  }
  if (key.type === "Constant" && typeof key.value === "string" && !Object.hasOwn(dictMethods, key.value)) {
    const name = key.value;
    if (!isInternal(name)) {
      return (activation) => {
        const value = owner(activation);
        return isJsonObject(value) ? member(value, name) : getItem(value, name);
      };
    }
  }
  const index = compileExpression(key, frame);
  return (activation) => getItem(owner(activation), index(activation));
}

/** The reference evaluates literals beforehand, and then takes what cannot be cut for something undefined. */
function orUndefined(cut: Evaluate): Evaluate {
  return (activation) => {
    try {
      return cut(activation);
    } catch (error) {
      if (failureType(error) === "TypeError") return undefinedHint("the literal cannot be cut");
      throw error;
    }
  };
}

function isLiteral(node: Expression): boolean {
  const { type } = node;
  if (type === "Name" || type === "Call" || type === "Filter" || type === "Test") return false;
  return parts(node).every(isLiteral);
}

/** @param caller gives the body of a call block, which is passed under the name `caller` */
export function compileCall(node: Call, frame: Frame, caller?: Evaluate): Evaluate {
  const { callee, arguments: given } = node;
  // A path that ends in a method's name is noted already.
  const target = callee.type === "Attribute" ? compileNode(callee, frame) : compileExpression(callee, frame);
  const { positional } = given;
  const isPlain = given.named.length === 0 && given.rest === undefined && given.namedRest === undefined;
  if (caller !== undefined || !isPlain) {
    const collect = compileArguments(given, frame, caller);
    return (activation) => {
      const called = target(activation);
      const [values, named] = collect(activation);
      return callValue(called, values, named);
    };
  }
  const values = positional.map((argument) => compileExpression(argument, frame));
  const [key, fallback] = values;
  if (callee.type === "Attribute" && callee.name === "get" && key !== undefined && values.length <= 2) {
    return compileGet(compileNode(callee.object, frame), key, fallback);
  }
  return (activation) => {
    const called = target(activation);
    return callValue(
      called,
      values.map((value) => value(activation)),
      nothingNamed,
    );
  };
}

/** `object.get(key, fallback)`, by far the commonest call, without a bound method for objects out of JSON. */
function compileGet(owner: Evaluate, key: Evaluate, fallback: Evaluate | undefined): Evaluate {
  return (activation) => {
    const object = owner(activation);
    if (!isJsonObject(object)) {
      const called = getAttribute(object, "get");
      const values = fallback === undefined ? [key(activation)] : [key(activation), fallback(activation)];
      return callValue(called, values, nothingNamed);
    }
    const name = key(activation);
    const absent = fallback === undefined ? null : fallback(activation);
    if (typeof name !== "string") return callValue(getAttribute(object, "get"), [name, absent], nothingNamed);
    const found = get(object, name);
    return found === undefined ? absent : found;
  };
}
