import { contextReader, type Run } from "../context.ts";
import { globalReader } from "../globals.ts";
import { SyntaxFailure } from "../failure.ts";
import type { Read } from "../template.ts";
import type { Value } from "../value/value.ts";
import { findStart, findVariable, newSymbols, type Symbols, type Variable } from "./symbols.ts";

/** The variables of one run of the template's body, of a macro or of a recursive loop. */
export interface Activation {
  readonly slots: (Value | undefined)[];
  readonly outer: Activation | undefined;
  readonly run: Run;
}

/** An expression made ready. */
export type Evaluate = (activation: Activation) => Value;
/** Statements made ready: they write to `out`. */
export type Execute = (activation: Activation, out: string[]) => void;

/** Where the variables of an activation have their places. */
export interface Scope {
  readonly slots: Map<Variable, number>;
  readonly outer: Scope | undefined;
}

/** What is known of the whole template while it is compiled. */
export interface Compilation {
  /** Variables that the context must give. */
  readonly needed: Set<string>;
  readonly reads: Read[];
  readonly blocks: Map<string, Execute>;
  /** Whether blocks may read what is set at the template's top. */
  readonly hasBlocks: boolean;
}

export interface Frame {
  readonly symbols: Symbols;
  readonly scope: Scope;
  readonly compilation: Compilation;
  /** Whether what is set here is seen by blocks. */
  readonly top: boolean;
  /** Whether this is part of a condition: unknown filters and tests fail only when they are reached. */
  readonly conditional: boolean;
  /** Whether output is escaped for HTML. */
  readonly escape: boolean;
}

export function innerFrame(frame: Frame, scope: Scope = frame.scope): Frame {
  return { ...frame, symbols: newSymbols(frame.symbols), scope, top: false, conditional: false };
}

export function newScope(outer?: Scope): Scope {
  return { slots: new Map(), outer };
}

export function activate(run: Run, scope: Scope, outer?: Activation): Activation {
  return { slots: new Array<Value | undefined>(scope.slots.size), outer, run };
}

function declare({ slots }: Scope, variable: Variable): number {
  let slot = slots.get(variable);
  if (slot === undefined) slots.set(variable, (slot = slots.size));
  return slot;
}

/** Sets all variables of a frame to what they start with. */
export function enter(frame: Frame): (activation: Activation) => void {
  const steps: ((activation: Activation) => void)[] = [];
  for (const [variable, start] of frame.symbols.starts) {
    if (start.from === "context" && globalReader(start.name) === undefined) frame.compilation.needed.add(start.name);
    if (start.from === "parameter") declare(frame.scope, variable);
    else if (start.from !== "context" || frame.symbols.stored.has(start.name)) {
      const slot = declare(frame.scope, variable);
      const read =
        start.from === "nothing"
          ? () => undefined
          : start.from === "outer"
            ? reader(frame, start.variable)
            : resolver(frame, start.name);
      steps.push((activation) => {
        activation.slots[slot] = read(activation);
      });
    }
  }
  if (steps.length === 0) return () => undefined;
  return (activation) => {
    for (const step of steps) step(activation);
  };
}

/** Reads a variable; undefined when it has no value. */
export function reader(frame: Frame, variable: Variable): (activation: Activation) => Value | undefined {
  const known = findStart(frame.symbols, variable);
  if (known?.start.from === "context" && !known.stored) return resolver(frame, known.start.name);
  let depth = 0;
  for (let scope: Scope | undefined = frame.scope; scope !== undefined; scope = scope.outer, depth++) {
    const slot = scope.slots.get(variable);
    if (slot === undefined) continue;
    if (depth === 0) return ({ slots }) => slots[slot];
    const up = depth;
    return (activation) => {
      let found = activation;
      for (let i = 0; i < up && found.outer !== undefined; i++) found = found.outer;
      return found.slots[slot];
    };
  }
  const slot = declare(frame.scope, variable);
  return ({ slots }) => slots[slot];
}

/** Reads from the context, else from what every template knows. */
function resolver({ compilation }: Frame, name: string): (activation: Activation) => Value | undefined {
  const fromContext = contextReader(name);
  const fromGlobals = globalReader(name);
  const read = (run: Run): Value | undefined => {
    const value = fromContext(run);
    return value === undefined ? fromGlobals?.(run) : value;
  };
  if (!compilation.hasBlocks) return ({ run }) => read(run);
  return ({ run }) => {
    const set = run.variables?.get(name);
    return set === undefined ? read(run) : set;
  };
}

/** Sets a variable of this frame. */
export function writer(frame: Frame, name: string): (activation: Activation, value: Value | undefined) => void {
  const variable = findVariable(frame.symbols, name);
  if (variable === undefined) throw new SyntaxFailure(`cannot set '${name}' here`, 0);
  const slot = declare(frame.scope, variable);
  if (!frame.top || !frame.compilation.hasBlocks) {
    return ({ slots }, value) => {
      slots[slot] = value;
    };
  }
  return ({ slots, run }, value) => {
    slots[slot] = value;
    if (value !== undefined) run.variables?.set(name, value);
  };
}

/** Whether the variable comes from the context as it is. */
export function isFromContext(frame: Frame, name: string): boolean {
  const variable = findVariable(frame.symbols, name);
  const known = variable === undefined ? undefined : findStart(frame.symbols, variable);
  return known?.start.from === "context" && globalReader(name) === undefined;
}
