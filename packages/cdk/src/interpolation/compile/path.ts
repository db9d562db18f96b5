import type { Expression, Name } from "../syntax/nodes.ts";
import { dictMethods } from "../methods/dict.ts";
import type { Read } from "../template.ts";

/** A variable and the members looked at in it, as far as they are known before it runs. */
export interface Path {
  readonly root: Name;
  readonly read: Read;
  /** Whether the whole expression is this path. */
  readonly whole: boolean;
}

/** The path of an expression that starts at a name: `response.data["next"]`, `config.get("start_date")`. */
export function pathOf(node: Expression): Path | undefined {
  if (node.type === "Name") return { root: node, read: [node.name], whole: true };
  if (node.type === "Attribute") {
    return further(pathOf(node.object), Object.hasOwn(dictMethods, node.name) ? undefined : node.name);
  }
  if (node.type === "Item") return further(pathOf(node.object), memberName(node.key));
  if (node.type !== "Call" || node.callee.type !== "Attribute") return undefined;
  const owner = pathOf(node.callee.object);
  const [key] = node.arguments.positional;
  return further(owner, node.callee.name === "get" && key !== undefined ? memberName(key) : undefined);
}

function further(path: Path | undefined, member: string | number | undefined): Path | undefined {
  if (path === undefined || !path.whole) return path;
  return member === undefined ? { ...path, whole: false } : { ...path, read: [...path.read, member] };
}

function memberName(key: Expression): string | number | undefined {
  return key.type === "Constant" && (typeof key.value === "string" || typeof key.value === "number")
    ? key.value
    : undefined;
}
