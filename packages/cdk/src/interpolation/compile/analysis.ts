import type { Expression, Signature, Statement, Target } from "../syntax/nodes.ts";
import { visitNames, visitTarget } from "./names.ts";
import { copySymbols, declareParameter, load, mergeBranches, store, type Symbols } from "./symbols.ts";

/** Learns the names of statements that share a frame. What has a frame of its own is met when that is entered. */
export function analyze(symbols: Symbols, body: readonly Statement[]): void {
  for (const node of body) analyzeStatement(symbols, node);
}

function analyzeStatement(symbols: Symbols, node: Statement): void {
  switch (node.type) {
    case "Output":
      for (const part of node.parts) if (typeof part !== "string") analyzeExpression(symbols, part);
      return;
    case "If":
      return analyzeIf(symbols, node.branches, node.otherwise);
    case "For":
      return analyzeExpression(symbols, node.items);
    case "Macro":
      return store(symbols, node.name);
    case "CallBlock":
      return analyzeExpression(symbols, node.call);
    case "FilterBlock":
      return analyzeExpression(symbols, node.filter);
    case "With":
      for (const value of node.values) analyzeExpression(symbols, value);
      return;
    case "LoadTemplate":
      analyzeExpression(symbols, node.template);
      for (const name of node.names) store(symbols, name);
      return;
    case "Assign":
      analyzeExpression(symbols, node.value);
      return storeTarget(symbols, node.target);
    case "AssignBlock":
      return storeTarget(symbols, node.target);
    case "Autoescape":
    case "Block":
      return;
  }
}

/** Each branch is learnt as if it alone was run. The ones after the first count as one, as in the reference. */
function analyzeIf(
  symbols: Symbols,
  branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[],
  otherwise: readonly Statement[],
): void {
  const [first, ...others] = branches;
  if (first === undefined) return;
  analyzeExpression(symbols, first.test);
  const learn = (visit: (branch: Symbols) => void): Symbols => {
    const branch = copySymbols(symbols);
    visit(branch);
    return branch;
  };
  mergeBranches(symbols, [
    learn((branch) => analyze(branch, first.body)),
    learn((branch) => {
      for (const other of others) analyzeIf(branch, [other], []);
    }),
    learn((branch) => analyze(branch, otherwise)),
  ]);
}

export function analyzeExpression(symbols: Symbols, node: Expression): void {
  visitNames(node, { load: (name) => load(symbols, name) });
}

function storeTarget(symbols: Symbols, target: Target): void {
  if (target.type === "Name") store(symbols, target.name);
  else if (target.type === "NamespaceMember") load(symbols, target.name);
  else for (const item of target.items) storeTarget(symbols, item);
}

export function declareTarget(symbols: Symbols, target: Target): void {
  visitTarget(target, (name) => void declareParameter(symbols, name));
}

/** The frame of a macro or call block: parameters, their defaults, the body. */
export function analyzeSignature(symbols: Symbols, { parameters, defaults, body }: Signature): void {
  for (const name of parameters) declareParameter(symbols, name);
  for (const value of defaults) analyzeExpression(symbols, value);
  analyze(symbols, body);
}
