import { typeError } from "../failure.ts";
import type { AssignBlock, Autoescape, FilterBlock, If, Output, Statement, With } from "../syntax/nodes.ts";
import { escape } from "../text/html.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { Markup, type Value } from "../value/value.ts";
import { analyze, analyzeExpression, declareTarget } from "./analysis.ts";
import { compileAssign, compileTarget } from "./assignment.ts";
import { compileBlock } from "./block.ts";
import { compileExpression, compileLocated } from "./expression.ts";
import { compileFilter } from "./filter.ts";
import { enter, innerFrame, type Activation, type Evaluate, type Execute, type Frame } from "./frame.ts";
import { compileFor } from "./loop.ts";
import { compileCallBlock, compileMacro } from "./macro.ts";

/** The function that statements in a row are. */
export function compileBody(body: readonly Statement[], frame: Frame): Execute {
  const steps = body.map((node) => compileStatement(node, frame));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return only;
  return (activation, out) => {
    for (const step of steps) step(activation, out);
  };
}

function compileStatement(node: Statement, frame: Frame): Execute {
  switch (node.type) {
    case "Output":
      return compileOutput(node, frame);
    case "If":
      return compileIf(node, frame);
    case "For":
      return compileFor(node, frame);
    case "Macro":
      return compileMacro(node, frame);
    case "CallBlock":
      return compileCallBlock(node, frame);
    case "FilterBlock":
      return compileFilterBlock(node, frame);
    case "With":
      return compileWith(node, frame);
    case "Block":
      return compileBlock(node, frame);
    case "LoadTemplate": {
      const template = compileExpression(node.template, frame);
      return (activation) => {
        template(activation);
        throw typeError("no loader for this environment specified");
      };
    }
    case "Assign":
      return compileAssign(node, frame);
    case "AssignBlock":
      return compileAssignBlock(node, frame);
    case "Autoescape":
      return compileAutoescape(node, frame);
  }
}

function compileOutput({ parts }: Output, frame: Frame): Execute {
  const steps = parts.map((part): ((activation: Activation) => string) => {
    if (typeof part === "string") return () => part;
    const value = compileLocated(part, frame);
    return frame.escape ? (activation) => escape(value(activation)) : (activation) => str(value(activation));
  });
  return (activation, out) => {
    for (const step of steps) out.push(step(activation));
  };
}

function compileIf({ branches, otherwise }: If, outer: Frame): Execute {
  const frame = { ...outer, conditional: true };
  const choices = branches.map(({ test, body }) => ({
    test: compileLocated(test, frame),
    body: compileBody(body, frame),
  }));
  const last = compileBody(otherwise, frame);
  return (activation, out) => {
    for (const { test, body } of choices) {
      if (!truthy(test(activation))) continue;
      body(activation, out);
      return;
    }
    last(activation, out);
  };
}

/** What a body writes, as one text. */
export function written(body: Execute, escaped: boolean): Evaluate {
  return (activation): Value => {
    const out: string[] = [];
    body(activation, out);
    const text = out.join("");
    return escaped ? new Markup(text) : text;
  };
}

function compileFilterBlock({ filter, body }: FilterBlock, outer: Frame): Execute {
  const frame = innerFrame(outer);
  analyze(frame.symbols, body);
  analyzeExpression(frame.symbols, filter);
  const start = enter(frame);
  const result = compileFilter(filter, frame, written(compileBody(body, frame), frame.escape));
  return (activation, out) => {
    start(activation);
    const value = result(activation);
    out.push(value instanceof Markup ? value.text : filteredText(value));
  };
}

function filteredText(value: Value): string {
  if (typeof value === "string") return value;
  throw typeError("sequence item 0: expected str instance"); // the reference joins what it writes, and joins text only
}

function compileAssignBlock({ target, filter, body }: AssignBlock, outer: Frame): Execute {
  const frame = innerFrame(outer);
  analyze(frame.symbols, body);
  if (filter !== undefined) analyzeExpression(frame.symbols, filter);
  const start = enter(frame);
  const text = written(compileBody(body, frame), frame.escape);
  const result = filter === undefined ? text : compileFilter(filter, frame, text);
  const assign = compileTarget(target, outer);
  return (activation) => {
    start(activation);
    assign(activation, result(activation));
  };
}

function compileWith({ targets, values, body }: With, outer: Frame): Execute {
  const frame = innerFrame(outer);
  for (const target of targets) declareTarget(frame.symbols, target);
  analyze(frame.symbols, body);
  const start = enter(frame);
  const assignments = targets.map((target, i) => {
    const [assign, value] = [compileTarget(target, frame), compileExpression(values[i]!, outer)];
    return (activation: Activation): void => assign(activation, value(activation));
  });
  const inside = compileBody(body, frame);
  return (activation, out) => {
    start(activation);
    for (const assign of assignments) assign(activation);
    inside(activation, out);
  };
}

/** Both ways are made ready where only the run tells whether to escape. */
function compileAutoescape({ enabled, body }: Autoescape, outer: Frame): Execute {
  const frame = innerFrame(outer);
  analyzeExpression(frame.symbols, enabled);
  analyze(frame.symbols, body);
  const start = enter(frame);
  const wanted = compileExpression(enabled, frame);
  const [escaping, plain] = [
    compileBody(body, { ...frame, escape: true }),
    compileBody(body, { ...frame, escape: false }),
  ];
  return (activation, out) => {
    start(activation);
    (truthy(wanted(activation)) ? escaping : plain)(activation, out);
  };
}
