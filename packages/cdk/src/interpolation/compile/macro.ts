import { SyntaxFailure, typeError } from "../failure.ts";
import type { CallBlock, Macro, Signature } from "../syntax/nodes.ts";
import { undefinedHint } from "../value/undefined.ts";
import { dictOf } from "../value/mapping.ts";
import { Instance, Markup, tuple, type Named, type Value } from "../value/value.ts";
import { escape } from "../text/html.ts";
import { str } from "../value/text.ts";
import { compileCall } from "./access.ts";
import { analyzeSignature } from "./analysis.ts";
import { compileExpression } from "./expression.ts";
import { activate, enter, innerFrame, newScope, writer, type Activation, type Execute, type Frame } from "./frame.ts";
import { readNames } from "./names.ts";
import { compileBody } from "./statement.ts";
import { declareParameter } from "./symbols.ts";

/** Makes a macro that sees the variables of the place where it is defined. */
type Define = (activation: Activation) => Instance;

export function compileMacro(node: Macro, frame: Frame): Execute {
  const define = compileSignature(node.name, node, node.at, frame);
  const write = writer(frame, node.name);
  return (activation) => write(activation, define(activation));
}

export function compileCallBlock(node: CallBlock, frame: Frame): Execute {
  const define = compileSignature(undefined, node, node.at, frame);
  const call = compileCall(node.call, frame, define);
  return (activation, out) => {
    const value = call(activation);
    out.push(frame.escape ? escape(value) : str(value));
  };
}

function compileSignature(name: string | undefined, node: Signature, at: number, outer: Frame): Define {
  const scope = newScope(outer.scope);
  const frame = innerFrame(outer, scope);
  const { parameters, defaults, body } = node;
  const special = readNames(body, ["caller", "kwargs", "varargs"]);
  const callerPlace = parameters.indexOf("caller");
  if (special.has("caller") && callerPlace >= 0 && callerPlace < parameters.length - defaults.length) {
    const message = 'the special "caller" argument must be omitted or be given a default.';
    throw new SyntaxFailure(`When defining macros or call blocks ${message}`, at);
  }
  const takes = (word: string): boolean => special.has(word) && !parameters.includes(word);
  const extra = ["caller", "kwargs", "varargs"].filter(takes);
  analyzeSignature(frame.symbols, node);
  for (const word of extra) declareParameter(frame.symbols, word);
  const start = enter(frame);
  const absent = (place: number): ((activation: Activation) => Value) => {
    const value = defaults[place - parameters.length + defaults.length];
    if (value !== undefined) return compileExpression(value, frame);
    const hint = `parameter '${parameters[place] ?? ""}' was not provided`;
    return () => undefinedHint(hint);
  };
  const slots = parameters.map((parameter, i) => ({ write: writer(frame, parameter), absent: absent(i) }));
  const extraSlots = extra.map((word) => ({ word, write: writer(frame, word) }));
  const inside = compileBody(body, frame);
  const shape = { name, parameters, extra };

  return (activation) => {
    const invoke = (positional: readonly Value[], named: Named): Value => {
      const { values, special: specials } = bindMacro(shape, positional, named);
      const inner = activate(activation.run, scope, activation);
      slots.forEach(({ write }, i) => write(inner, values[i]));
      for (const { word, write } of extraSlots) write(inner, specials[word]);
      start(inner);
      slots.forEach((slot, i) => {
        if (values[i] === undefined) slot.write(inner, slot.absent(inner));
      });
      const out: string[] = [];
      inside(inner, out);
      const text = out.join("");
      return frame.escape ? new Markup(text) : text;
    };
    return macroValue(shape, invoke);
  };
}

interface Shape {
  readonly name: string | undefined;
  readonly parameters: readonly string[];
  /** Which of `caller`, `kwargs` and `varargs` the body reads. */
  readonly extra: readonly string[];
}

function macroValue(
  { name, parameters, extra }: Shape,
  call: (positional: readonly Value[], named: Named) => Value,
): Instance {
  const attributes: Readonly<Record<string, Value>> = {
    name: name ?? null,
    arguments: tuple(parameters),
    catch_kwargs: extra.includes("kwargs"),
    catch_varargs: extra.includes("varargs"),
    caller: extra.includes("caller"),
  };
  return new Instance({
    typeName: "Macro",
    text: () => `<Macro ${name === undefined ? "anonymous" : `'${name}'`}>`,
    attribute: (attribute) => (Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined),
    call,
  });
}

function bindMacro(
  { name, parameters, extra }: Shape,
  positional: readonly Value[],
  named: Named,
): { values: (Value | undefined)[]; special: Readonly<Record<string, Value>> } {
  const rest = new Map(named);
  const title = name === undefined ? "None" : `'${name}'`;
  const values = parameters.map((parameter, i) => {
    if (i < positional.length) return positional[i];
    const value = rest.get(parameter);
    rest.delete(parameter);
    return value;
  });
  const special: Record<string, Value> = {};
  if (extra.includes("caller")) {
    const caller = rest.get("caller");
    rest.delete("caller");
    special["caller"] = caller === undefined || caller === null ? undefinedHint("No caller defined") : caller;
  }
  if (extra.includes("kwargs")) special["kwargs"] = dictOf(rest);
  else if (rest.has("caller")) {
    throw typeError(`macro ${title} was invoked with two values for the special caller argument.`);
  } else {
    for (const other of rest.keys()) throw typeError(`macro ${title} takes no keyword argument '${other}'`);
  }
  if (extra.includes("varargs")) special["varargs"] = tuple(positional.slice(parameters.length));
  else if (positional.length > parameters.length) {
    throw typeError(`macro ${title} takes not more than ${parameters.length} argument(s)`);
  }
  return { values, special };
}
