/**
 * Which variable a name means where. A name belongs to the innermost frame that sets it; a frame that sets a name of an
 * outer one starts with that one's value, and leaves it as it was.
 */
export interface Symbols {
  readonly level: number;
  readonly parent: Symbols | undefined;
  /** The variable of each name known here. */
  readonly variables: Map<string, Variable>;
  /** What a variable holds when its frame is entered. */
  readonly starts: Map<Variable, Start>;
  readonly stored: Set<string>;
}

/** Named after name and frame: `1 total`. */
export type Variable = string;

export type Start =
  /** A parameter, or the variable of a loop: set by who enters. */
  | { readonly from: "parameter" }
  | { readonly from: "context"; readonly name: string }
  | { readonly from: "outer"; readonly variable: Variable }
  | { readonly from: "nothing" };

export function newSymbols(parent?: Symbols, level: number = parent === undefined ? 0 : parent.level + 1): Symbols {
  return { level, parent, variables: new Map(), starts: new Map(), stored: new Set() };
}

export function findVariable(symbols: Symbols, name: string): Variable | undefined {
  for (let scope: Symbols | undefined = symbols; scope !== undefined; scope = scope.parent) {
    const variable = scope.variables.get(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** What a variable starts with, and whether its frame sets it later. */
export function findStart(symbols: Symbols, variable: Variable): { start: Start; stored: boolean } | undefined {
  for (let scope: Symbols | undefined = symbols; scope !== undefined; scope = scope.parent) {
    const start = scope.starts.get(variable);
    if (start === undefined) continue;
    const { stored } = scope;
    return { start, stored: start.from !== "context" || stored.has(start.name) };
  }
  return undefined;
}

function define(symbols: Symbols, name: string, start: Start): Variable {
  const variable = `${symbols.level} ${name}`;
  symbols.variables.set(name, variable);
  symbols.starts.set(variable, start);
  return variable;
}

export function declareParameter(symbols: Symbols, name: string): Variable {
  symbols.stored.add(name);
  return define(symbols, name, { from: "parameter" });
}

/** The name is set in this frame. */
export function store(symbols: Symbols, name: string): void {
  symbols.stored.add(name);
  if (symbols.variables.has(name)) return;
  const outer = symbols.parent === undefined ? undefined : findVariable(symbols.parent, name);
  define(symbols, name, outer === undefined ? { from: "nothing" } : { from: "outer", variable: outer });
}

/** The name is read in this frame. */
export function load(symbols: Symbols, name: string): void {
  if (findVariable(symbols, name) === undefined) define(symbols, name, { from: "context", name });
}

export function copySymbols({ level, parent, variables, starts, stored }: Symbols): Symbols {
  return { level, parent, variables: new Map(variables), starts: new Map(starts), stored: new Set(stored) };
}

/** Takes over what the branches of a condition set: any of them, or none, may have been run. */
export function mergeBranches(symbols: Symbols, branches: readonly Symbols[]): void {
  const fresh = new Set(branches.flatMap(({ stored }) => [...stored]));
  for (const name of symbols.stored) fresh.delete(name);
  for (const branch of branches) {
    for (const [name, variable] of branch.variables) symbols.variables.set(name, variable);
    for (const [variable, start] of branch.starts) symbols.starts.set(variable, start);
    for (const name of branch.stored) symbols.stored.add(name);
  }
  for (const name of fresh) {
    const variable = symbols.variables.get(name);
    if (variable === undefined) continue;
    const outer = symbols.parent === undefined ? undefined : findVariable(symbols.parent, name);
    symbols.starts.set(variable, outer === undefined ? { from: "context", name } : { from: "outer", variable: outer });
  }
}
