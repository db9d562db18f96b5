import { fail, SyntaxFailure } from "../failure.ts";
import type { Block, Statement } from "../syntax/nodes.ts";
import { undefinedHint } from "../value/undefined.ts";
import { Instance, type Value } from "../value/value.ts";
import { analyze } from "./analysis.ts";
import {
  activate,
  enter,
  newScope,
  reader,
  writer,
  type Activation,
  type Compilation,
  type Execute,
  type Frame,
} from "./frame.ts";
import { readNames } from "./names.ts";
import { compileBody } from "./statement.ts";
import { declareParameter, findVariable, newSymbols } from "./symbols.ts";

/** A block stands where it is written: no template extends another here. */
export function compileBlock({ name, required, scoped }: Block, frame: Frame): Execute {
  if (required) {
    return () => {
      throw fail("TemplateRuntimeError", `Required block '${name}' not found`);
    };
  }
  const { blocks } = frame.compilation;
  const visible = scoped ? visibleVariables(frame) : [];
  return (activation, out) => {
    const { run } = activation;
    const set = visible.flatMap(({ name: variable, read }): [string, Value][] => {
      const value = read(activation);
      return value === undefined ? [] : [[variable, value]];
    });
    const inner = scoped ? { ...run, variables: new Map([...(run.variables ?? []), ...set]) } : run;
    blocks.get(name)?.({ slots: [], outer: undefined, run: inner }, out);
  };
}

/** All variables that are set around a scoped block. */
function visibleVariables(frame: Frame): { name: string; read: (activation: Activation) => Value | undefined }[] {
  const names = new Set<string>();
  for (let scope: Frame["symbols"] | undefined = frame.symbols; scope !== undefined; scope = scope.parent) {
    for (const name of scope.stored) names.add(name);
  }
  return [...names].flatMap((name) => {
    const variable = findVariable(frame.symbols, name);
    return variable === undefined ? [] : [{ name, read: reader(frame, variable) }];
  });
}

/** All blocks of a template, blocks in blocks too. */
export function findBlocks(body: readonly Statement[]): Block[] {
  return body.flatMap((node): Block[] => {
    switch (node.type) {
      case "Block":
        return [node, ...findBlocks(node.body)];
      case "If":
        return [...node.branches.flatMap((branch) => findBlocks(branch.body)), ...findBlocks(node.otherwise)];
      case "For":
        return [...findBlocks(node.body), ...findBlocks(node.otherwise)];
      case "Macro":
      case "CallBlock":
      case "FilterBlock":
      case "With":
      case "AssignBlock":
      case "Autoescape":
        return findBlocks(node.body);
      default:
        return [];
    }
  });
}

/** Makes the blocks ready. Each has variables of its own, and sees the ones set at the template's top. */
export function compileBlocks(found: readonly Block[], compilation: Compilation): void {
  for (const block of found) {
    if (compilation.blocks.has(block.name)) {
      throw new SyntaxFailure(`block '${block.name}' defined twice`, block.at);
    }
    const scope = newScope();
    const symbols = newSymbols();
    const frame: Frame = { symbols, scope, compilation, top: false, conditional: false, escape: false };
    const special = readNames(block.body, ["self", "super"]);
    for (const name of special) declareParameter(symbols, name);
    analyze(symbols, block.body);
    const start = enter(frame);
    const setSelf = special.has("self") ? writer(frame, "self") : undefined;
    const setSuper = special.has("super") ? writer(frame, "super") : undefined;
    const body = compileBody(block.body, frame);
    compilation.blocks.set(block.name, ({ run }, out) => {
      const activation = activate(run, scope);
      setSelf?.(activation, selfReference(compilation, activation));
      setSuper?.(activation, undefinedHint(`there is no parent block called '${block.name}'.`));
      start(activation);
      body(activation, out);
    });
  }
}

/** The template's own `self`, through which blocks can be written again: `{{ self.title() }}`. */
export function selfReference({ blocks }: Compilation, { run }: Activation): Instance {
  return new Instance({
    typeName: "TemplateReference",
    text: () => "<TemplateReference None>",
    attribute(name) {
      const block = blocks.get(name);
      if (block === undefined) return undefined;
      const call = (): string => {
        const out: string[] = [];
        block({ slots: [], outer: undefined, run }, out);
        return out.join("");
      };
      return new Instance({ typeName: "BlockReference", text: () => "<BlockReference>", call });
    },
  });
}
