import { fail, valueError } from "../failure.ts";
import type { Assign, Target } from "../syntax/nodes.ts";
import { iterable } from "../value/iterate.ts";
import { typeName } from "../value/kind.ts";
import { typeError } from "../failure.ts";
import { Instance, tuple, type Value } from "../value/value.ts";
import { compileName } from "./access.ts";
import { compileLocated } from "./expression.ts";
import { writer, type Activation, type Execute, type Frame } from "./frame.ts";

export type Write = (activation: Activation, value: Value) => void;

export function compileAssign({ target, value }: Assign, frame: Frame): Execute {
  const check = compileCheck(target, frame);
  const [assign, result] = [compileTarget(target, frame), compileLocated(value, frame)];
  return (activation) => {
    check(activation);
    assign(activation, result(activation));
  };
}

/** Sets a name, a member of a namespace, or several from the items of a value. */
export function compileTarget(target: Target, frame: Frame): Write {
  if (target.type === "Name") return writer(frame, target.name);
  if (target.type === "NamespaceMember") {
    const [owner, { member }] = [compileName({ type: "Name", name: target.name, at: target.at }, frame), target];
    return (activation, value) => {
      const namespace = owner(activation);
      if (namespace instanceof Instance) namespace.behaviour.assign?.(member, value);
    };
  }
  const writes = target.items.map((item) => compileTarget(item, frame));
  return (activation, value) => {
    const items = unpack(value, writes.length);
    writes.forEach((write, i) => write(activation, items[i]!));
  };
}

function unpack(value: Value, count: number): readonly Value[] {
  const source = iterable(value);
  if (source === undefined) throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  const items = [...source];
  if (items.length > count) throw valueError(`too many values to unpack (expected ${count})`);
  if (items.length < count) throw valueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  return items;
}

/** Members can be set on namespaces only, which is looked at before the value is made. */
function compileCheck(target: Target, frame: Frame): (activation: Activation) => void {
  if (target.type === "Name") return () => undefined;
  if (target.type === "TargetTuple") {
    const checks = target.items.map((item) => compileCheck(item, frame));
    return (activation) => {
      for (const check of checks) check(activation);
    };
  }
  const owner = compileName({ type: "Name", name: target.name, at: target.at }, frame);
  return (activation) => {
    const namespace = owner(activation);
    if (namespace instanceof Instance && namespace.behaviour.assign !== undefined) return;
    throw fail("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
  };
}

/** Reads back what was set, as a loop that filters hands it on. */
export function compileRead(target: Target, frame: Frame): (activation: Activation) => Value {
  if (target.type !== "TargetTuple") return compileName({ type: "Name", name: target.name, at: target.at }, frame);
  const items = target.items.map((item) => compileRead(item, frame));
  return (activation) => tuple(items.map((item) => item(activation)));
}
