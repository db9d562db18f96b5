import type { Run } from "../context.ts";
import { parseTemplate } from "../syntax/parser.ts";
import type { Expression, Statement } from "../syntax/nodes.ts";
import type { Read } from "../template.ts";
import type { Value } from "../value/value.ts";
import { analyze } from "./analysis.ts";
import { compileBlocks, findBlocks, selfReference } from "./block.ts";
import { compileLocated } from "./expression.ts";
import { activate, enter, newScope, writer, type Compilation, type Frame } from "./frame.ts";
import { readNames } from "./names.ts";
import { compileBody } from "./statement.ts";
import { declareParameter, newSymbols } from "./symbols.ts";

/** A template made ready to run. */
export interface Compiled {
  /** What it comes to: the value of its only expression, not yet made text, or its text. */
  readonly render: (run: Run) => Value;
  /** The text itself where there is nothing to evaluate. */
  readonly text: string | undefined;
  /** Variables that the context must give. */
  readonly needed: readonly string[];
  readonly reads: readonly Read[];
}

/**
 * @param source with single line feeds
 * @throws SyntaxFailure
 */
export function compile(source: string): Compiled {
  const body = parseTemplate(source);
  const text = plainText(body);
  if (text !== undefined) return { render: () => text, text, needed: [], reads: [] };
  const blocks = findBlocks(body);
  const compilation: Compilation = { needed: new Set(), reads: [], blocks: new Map(), hasBlocks: blocks.length > 0 };
  const render = compileTop(body, compilation);
  compileBlocks(blocks, compilation);
  return { render, text: undefined, needed: [...compilation.needed], reads: distinct(compilation.reads) };
}

function compileTop(body: readonly Statement[], compilation: Compilation): (run: Run) => Value {
  const scope = newScope();
  const symbols = newSymbols();
  const usesSelf = readNames(body, ["self"]).has("self");
  if (usesSelf) declareParameter(symbols, "self");
  analyze(symbols, body);
  const frame: Frame = { symbols, scope, compilation, top: true, conditional: false, escape: false };
  const start = enter(frame);
  const expression = onlyExpression(body);
  if (expression !== undefined && !usesSelf) {
    const value = compileLocated(expression, frame);
    return (run) => value(activate(run, scope));
  }
  const setSelf = usesSelf ? writer(frame, "self") : undefined;
  const statements = compileBody(body, frame);
  return (given) => {
    const run = compilation.hasBlocks ? { ...given, variables: new Map<string, Value>() } : given;
    const activation = activate(run, scope);
    setSelf?.(activation, selfReference(compilation, activation));
    start(activation);
    const out: string[] = [];
    statements(activation, out);
    return out.join("");
  };
}

function plainText(body: readonly Statement[]): string | undefined {
  let text = "";
  for (const node of body) {
    if (node.type !== "Output") return undefined;
    for (const part of node.parts) {
      if (typeof part !== "string") return undefined;
      text += part;
    }
  }
  return text;
}

function onlyExpression(body: readonly Statement[]): Expression | undefined {
  const [node, more] = body;
  if (node?.type !== "Output" || more !== undefined || node.parts.length !== 1) return undefined;
  const [part] = node.parts;
  return typeof part === "string" ? undefined : part;
}

function distinct(reads: readonly Read[]): readonly Read[] {
  if (reads.length < 2) return reads;
  return [...new Map(reads.map((read) => [JSON.stringify(read), read])).values()];
}
