import { SyntaxFailure } from "../failure.ts";
import type { For, Statement, Target } from "../syntax/nodes.ts";
import { iterate } from "../value/iterate.ts";
import { truthy } from "../value/truth.ts";
import { Iteration, type Value } from "../value/value.ts";
import { analyze, analyzeExpression, declareTarget } from "./analysis.ts";
import { compileRead, compileTarget } from "./assignment.ts";
import { compileExpression, compileLocated } from "./expression.ts";
import { activate, enter, innerFrame, newScope, writer, type Activation, type Execute, type Frame } from "./frame.ts";
import { loopOver, type Recurse } from "./loop-state.ts";
import { readNames, visitAll } from "./names.ts";
import { compileBody } from "./statement.ts";
import { declareParameter } from "./symbols.ts";

export function compileFor(node: For, outer: Frame): Execute {
  checkLoopName(node);
  const scope = node.recursive ? newScope(outer.scope) : outer.scope;
  const frame = innerFrame(outer, scope);
  const usesLoop = node.recursive || readNames(node.body, ["loop"]).has("loop") || hasScopedBlock(node.body);
  if (usesLoop) declareParameter(frame.symbols, "loop");
  declareTarget(frame.symbols, node.target);
  analyze(frame.symbols, node.body);
  const select = node.test === undefined ? undefined : compileSelection(node.target, node.test, outer);
  const items = compileLocated(node.items, outer);
  const start = enter(frame);
  const [assign, body] = [compileTarget(node.target, frame), compileBody(node.body, frame)];
  const setLoop = usesLoop ? writer(frame, "loop") : undefined;
  const otherwise = compileOtherwise(node.otherwise, outer, scope);

  const run = (
    activation: Activation,
    source: Value,
    out: string[],
    recurse: Recurse | undefined,
    depth: number,
  ): void => {
    let rounds = 0;
    const step = (value: Value): void => {
      rounds++;
      // The names that the body sets start anew in each round.
      assign(activation, value);
      start(activation);
      body(activation, out);
    };
    if (setLoop === undefined) for (const value of iterate(source)) step(value);
    else {
      for (const [value, loop] of loopOver(source, recurse, depth)) {
        setLoop(activation, loop);
        step(value);
      }
    }
    if (rounds === 0) otherwise(activation, out);
  };

  const selected = (activation: Activation, given: Value): Value =>
    select === undefined ? given : select(activation, given);
  if (!node.recursive) {
    return (activation, out) => run(activation, selected(activation, items(activation)), out, undefined, 0);
  }
  return (activation, out) => {
    const recurse: Recurse = (given, depth) => {
      const inner: string[] = [];
      run(activate(activation.run, scope, activation), selected(activation, given), inner, recurse, depth);
      return inner.join("");
    };
    out.push(recurse(items(activation), 0));
  };
}

function compileOtherwise(body: readonly Statement[], outer: Frame, scope: Frame["scope"]): Execute {
  const frame = innerFrame(outer, scope);
  analyze(frame.symbols, body);
  const [start, inside] = [enter(frame), compileBody(body, frame)];
  return (activation, out) => {
    start(activation);
    inside(activation, out);
  };
}

/** The items for which the loop's `if` holds. */
function compileSelection(target: Target, test: Exclude<For["test"], undefined>, outer: Frame) {
  const scope = newScope(outer.scope);
  const frame = innerFrame(outer, scope);
  declareTarget(frame.symbols, target);
  analyzeExpression(frame.symbols, test);
  const start = enter(frame);
  const [assign, holds, read] = [
    compileTarget(target, frame),
    compileExpression(test, frame),
    compileRead(target, frame),
  ];
  return (activation: Activation, items: Value): Value => {
    const selected = function* (): Generator<Value> {
      const inner = activate(activation.run, scope, activation);
      start(inner);
      for (const value of iterate(items)) {
        assign(inner, value);
        if (truthy(holds(inner))) yield read(inner);
      }
    };
    return new Iteration("generator", selected());
  };
}

function checkLoopName(node: For): void {
  visitAll([node], {
    load: () => undefined,
    parameter: () => undefined,
    store(name) {
      if (name === "loop") throw new SyntaxFailure("Can't assign to special loop variable in for-loop target", node.at);
    },
  });
}

function hasScopedBlock(body: readonly Statement[]): boolean {
  return body.some((node) => node.type === "Block" && node.scoped);
}
