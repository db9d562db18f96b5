import { fail, SyntaxFailure } from "../failure.ts";
import { filterNames, findFilter } from "../filters/filters.ts";
import type { Filter, Test } from "../syntax/nodes.ts";
import { findTest, testNames } from "../tests.ts";
import { nearest } from "../../protocol/nearest.ts";
import { callMethod, type Method } from "../value/call.ts";
import type { Value } from "../value/value.ts";
import { compileArguments } from "./arguments.ts";
import { compileExpression } from "./expression.ts";
import type { Evaluate, Frame } from "./frame.ts";

export function compileFilter(node: Filter, frame: Frame, written?: Evaluate): Evaluate {
  const operand =
    node.operand === undefined
      ? written
      : node.operand.type === "Filter"
        ? compileFilter(node.operand, frame, written)
        : compileExpression(node.operand, frame);
  if (operand === undefined) throw new SyntaxFailure("a filter needs something before it", node.at);
  return apply("filter", findFilter(node.name), node, operand, frame);
}

export function compileTest(node: Test, frame: Frame): Evaluate {
  return apply("test", findTest(node.name), node, compileExpression(node.operand, frame), frame);
}

function apply(
  kind: "filter" | "test",
  found: Method<Value> | undefined,
  { name, arguments: given, at }: Filter | Test,
  operand: Evaluate,
  frame: Frame,
): Evaluate {
  if (found === undefined) return unknown(kind, name, at, frame);
  const { least, most, run, whole } = found;
  const count = given.positional.length;
  const isPlain = given.named.length === 0 && given.rest === undefined && given.namedRest === undefined;
  if (isPlain && whole === undefined && count >= least && count <= most && count < 2) {
    const [first] = given.positional;
    if (first === undefined) return (activation) => run(operand(activation));
    const argument = compileExpression(first, frame);
    return (activation) => run(operand(activation), argument(activation));
  }
  const collect = compileArguments(given, frame);
  return (activation) => {
    const value = operand(activation);
    const [positional, named] = collect(activation);
    return callMethod(name, found, value, positional, named);
  };
}

function unknown(kind: "filter" | "test", name: string, at: number, { conditional }: Frame): Evaluate {
  if (!conditional) {
    const near = nearest(name, kind === "filter" ? filterNames() : testNames());
    throw new SyntaxFailure(`No ${kind} named '${name}'.${near === undefined ? "" : ` Did you mean '${near}'?`}`, at);
  }
  return () => {
    throw fail("TemplateRuntimeError", `No ${kind} named '${name}' found.`);
  };
}
