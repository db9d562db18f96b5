import { typeError } from "../failure.ts";
import type { Arguments } from "../syntax/nodes.ts";
import { listOf } from "../value/iterate.ts";
import { isMapping, isText, typeName } from "../value/kind.ts";
import { members } from "../value/mapping.ts";
import { str } from "../value/text.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Undefined, type Named, type Value } from "../value/value.ts";
import { compileExpression } from "./expression.ts";
import type { Activation, Evaluate, Frame } from "./frame.ts";

export type Collect = (activation: Activation) => readonly [positional: readonly Value[], named: Named];

/** The arguments of a call, `*items` and `**members` included. */
export function compileArguments(given: Arguments, frame: Frame, caller?: Evaluate): Collect {
  const positional = given.positional.map((node) => compileExpression(node, frame));
  const named = given.named.map(([name, node]) => [name, compileExpression(node, frame)] as const);
  const rest = given.rest === undefined ? undefined : compileExpression(given.rest, frame);
  const namedRest = given.namedRest === undefined ? undefined : compileExpression(given.namedRest, frame);
  return (activation) => {
    const values = positional.map((value) => value(activation));
    if (rest !== undefined) values.push(...listOf(rest(activation)));
    const byName = new Map<string, Value>();
    for (const [name, value] of named) byName.set(name, value(activation));
    if (caller !== undefined) byName.set("caller", caller(activation));
    if (namedRest !== undefined) addMembers(byName, namedRest(activation));
    return [values, byName];
  };
}

function addMembers(named: Map<string, Value>, source: Value): void {
  if (source instanceof Undefined) raiseUndefined(source);
  if (!isMapping(source)) throw typeError(`argument after ** must be a mapping, not ${typeName(source)}`);
  for (const [key, value] of members(source)) {
    if (!isText(key)) throw typeError("keywords must be strings");
    const name = str(key);
    if (named.has(name)) throw typeError(`got multiple values for keyword argument '${name}'`);
    named.set(name, value);
  }
}
