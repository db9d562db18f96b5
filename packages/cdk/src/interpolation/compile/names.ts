import type { Arguments, Expression, Statement, Target } from "../syntax/nodes.ts";

/** What a walk over a tree meets. */
export interface Visitor {
  /** A name that is read. */
  load(name: string): void;
  /** A name that is set, but for parameters of macros. */
  store(name: string): void;
  parameter(name: string): void;
}

/** Expressions directly within one, in order of evaluation. */
export function parts(node: Expression): readonly Expression[] {
  switch (node.type) {
    case "Name":
    case "Constant":
      return [];
    case "List":
    case "Tuple":
    case "Concat":
      return node.items;
    case "Dict":
      return node.members.flat();
    case "Conditional":
      return [node.test, node.then, ...(node.otherwise === undefined ? [] : [node.otherwise])];
    case "Logic":
    case "Binary":
      return [node.left, node.right];
    case "Not":
    case "Sign":
      return [node.operand];
    case "Compare":
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case "Filter":
      return [...(node.operand === undefined ? [] : [node.operand]), ...argumentParts(node.arguments)];
    case "Test":
      return [node.operand, ...argumentParts(node.arguments)];
    case "Call":
      return [node.callee, ...argumentParts(node.arguments)];
    case "Attribute":
      return [node.object];
    case "Item":
      return [node.object, node.key];
    case "Slice":
      return [node.start, node.stop, node.step].filter((bound) => bound !== undefined);
  }
}

function argumentParts({ positional, named, rest, namedRest }: Arguments): Expression[] {
  const dynamic = [rest, namedRest].filter((given) => given !== undefined);
  return [...positional, ...named.map(([, value]) => value), ...dynamic];
}

export function visitNames(node: Expression, visitor: Pick<Visitor, "load">): void {
  if (node.type === "Name") visitor.load(node.name);
  else for (const part of parts(node)) visitNames(part, visitor);
}

export function visitTarget(target: Target, found: (name: string) => void): void {
  if (target.type === "Name") found(target.name);
  else if (target.type === "TargetTuple") for (const item of target.items) visitTarget(item, found);
}

/** All names of statements, whatever frame they belong to; blocks are left out. */
export function visitAll(body: readonly Statement[], visitor: Visitor): void {
  for (const node of body) visitStatement(node, visitor);
}

function visitStatement(node: Statement, visitor: Visitor): void {
  const inside = (body: readonly Statement[]): void => visitAll(body, visitor);
  const names = (...nodes: (Expression | undefined)[]): void => {
    for (const one of nodes) if (one !== undefined) visitNames(one, visitor);
  };
  const stored = (target: Target): void => visitTarget(target, (name) => visitor.store(name));
  const signature = ({
    parameters,
    defaults,
  }: {
    parameters: readonly string[];
    defaults: readonly Expression[];
  }): void => {
    for (const name of parameters) visitor.parameter(name);
    names(...defaults);
  };
  switch (node.type) {
    case "Output":
      return names(...node.parts.filter((part) => typeof part !== "string"));
    case "For":
      stored(node.target);
      names(node.items);
      inside(node.body);
      inside(node.otherwise);
      return names(node.test);
    case "If":
      for (const { test, body } of node.branches) {
        names(test);
        inside(body);
      }
      return inside(node.otherwise);
    case "Macro":
      signature(node);
      return inside(node.body);
    case "CallBlock":
      names(node.call);
      signature(node);
      return inside(node.body);
    case "FilterBlock":
      inside(node.body);
      return names(node.filter);
    case "With":
      node.targets.forEach(stored);
      names(...node.values);
      return inside(node.body);
    case "LoadTemplate":
      return names(node.template);
    case "Assign":
      stored(node.target);
      return names(node.value);
    case "AssignBlock":
      stored(node.target);
      names(node.filter);
      return inside(node.body);
    case "Autoescape":
      names(node.enabled);
      return inside(node.body);
    case "Block":
      return;
  }
}

/** Which of the names are read before they are set. */
export function readNames(body: readonly Statement[], wanted: readonly string[]): ReadonlySet<string> {
  const open = new Set(wanted);
  const read = new Set<string>();
  const set = (name: string): void => void open.delete(name);
  visitAll(body, {
    load(name) {
      if (open.has(name)) read.add(name);
    },
    store: set,
    parameter: set,
  });
  return read;
}
