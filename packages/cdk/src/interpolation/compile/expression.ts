import { notePlace } from "../failure.ts";
import { contains } from "../operators/contains.ts";
import { binary, signed } from "../operators/operators.ts";
import type { Compare, Comparison, Conditional, Expression, Logic } from "../syntax/nodes.ts";
import { escape } from "../text/html.ts";
import { equal } from "../value/equal.ts";
import { dictOf } from "../value/mapping.ts";
import { ordered } from "../value/order.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { undefinedHint } from "../value/undefined.ts";
import { Markup, tuple, type Value } from "../value/value.ts";
import { compileAttribute, compileCall, compileItem, compileName } from "./access.ts";
import { compileFilter, compileTest } from "./filter.ts";
import type { Evaluate, Frame } from "./frame.ts";
import { isFromContext } from "./frame.ts";
import { pathOf } from "./path.ts";

/** The function that an expression is. */
export function compileExpression(node: Expression, frame: Frame): Evaluate {
  const path = pathOf(node);
  if (path !== undefined && isFromContext(frame, path.root.name)) frame.compilation.reads.push(path.read);
  return compileNode(node, frame);
}

/** As {@link compileExpression}; a failure is noted to have arisen here. */
export function compileLocated(node: Expression, frame: Frame): Evaluate {
  const evaluate = compileExpression(node, frame);
  return (activation) => {
    try {
      return evaluate(activation);
    } catch (error) {
      notePlace(error, node.at);
      throw error;
    }
  };
}

/** As {@link compileExpression} for a part of a path that is noted already. */
export function compileNode(node: Expression, frame: Frame): Evaluate {
  const compile = (part: Expression): Evaluate => compileExpression(part, frame);
  switch (node.type) {
    case "Name":
      return compileName(node, frame);
    case "Constant": {
      const { value } = node;
      return () => value;
    }
    case "List": {
      const items = node.items.map(compile);
      return (activation) => items.map((item) => item(activation));
    }
    case "Tuple": {
      const items = node.items.map(compile);
      return (activation) => tuple(items.map((item) => item(activation)));
    }
    case "Dict": {
      const members = node.members.map(([key, value]) => [compile(key), compile(value)] as const);
      return (activation) => dictOf(members.map(([key, value]) => [key(activation), value(activation)]));
    }
    case "Conditional":
      return compileConditional(node, frame);
    case "Logic":
      return compileLogic(node, frame);
    case "Not": {
      const operand = compile(node.operand);
      return (activation) => !truthy(operand(activation));
    }
    case "Compare":
      return compileCompare(node, frame);
    case "Binary": {
      const [left, right, operator] = [compile(node.left), compile(node.right), binary[node.operator]];
      return (activation) => operator(left(activation), right(activation));
    }
    case "Sign": {
      const [operand, { operator }] = [compile(node.operand), node];
      return (activation) => signed(operator, operand(activation));
    }
    case "Concat": {
      const items = node.items.map(compile);
      if (!frame.escape) return (activation) => joined(items.map((item) => str(item(activation))));
      return (activation) => new Markup(joined(items.map((item) => escape(item(activation)))));
    }
    case "Filter":
      return compileFilter(node, frame);
    case "Test":
      return compileTest(node, frame);
    case "Call":
      return compileCall(node, frame);
    case "Attribute":
      return compileAttribute(node, frame);
    case "Item":
      return compileItem(node, frame);
    case "Slice":
      // Only an item can hold one, and that looks after it.
      return () => null;
  }
}

function joined(texts: readonly string[]): string {
  return texts.join("");
}

function compileConditional({ test, then, otherwise }: Conditional, outer: Frame): Evaluate {
  const frame = { ...outer, conditional: true };
  const [condition, yes] = [compileExpression(test, frame), compileExpression(then, frame)];
  if (otherwise === undefined) {
    const hint = "the inline if-expression evaluated to false and no else section was defined.";
    return (activation) => (truthy(condition(activation)) ? yes(activation) : undefinedHint(hint));
  }
  const no = compileExpression(otherwise, frame);
  return (activation) => (truthy(condition(activation)) ? yes(activation) : no(activation));
}

function compileLogic(node: Logic, frame: Frame): Evaluate {
  const [left, right] = [compileExpression(node.left, frame), compileExpression(node.right, frame)];
  const stopsAt = node.operator === "or";
  return (activation) => {
    const value = left(activation);
    return truthy(value) === stopsAt ? value : right(activation);
  };
}

const COMPARISONS: Readonly<Record<Comparison, (a: Value, b: Value) => boolean>> = {
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => ordered("<", a, b),
  "<=": (a, b) => ordered("<=", a, b),
  ">": (a, b) => ordered(">", a, b),
  ">=": (a, b) => ordered(">=", a, b),
  in: (a, b) => contains(b, a),
  "not in": (a, b) => !contains(b, a),
};

function compileCompare(node: Compare, frame: Frame): Evaluate {
  const first = compileExpression(node.first, frame);
  const rest = node.rest.map(({ operator, operand }) => ({
    holds: COMPARISONS[operator],
    operand: compileExpression(operand, frame),
  }));
  const [only] = rest;
  if (only !== undefined && rest.length === 1) {
    const { holds, operand } = only;
    return (activation) => holds(first(activation), operand(activation));
  }
  return (activation) => {
    let left = first(activation);
    for (const { holds, operand } of rest) {
      const right = operand(activation);
      if (!holds(left, right)) return false;
      left = right;
    }
    return true;
  };
}
