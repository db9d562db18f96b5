import { isMap, isScalar, parseDocument, type Pair, type Scalar, type YAMLMap } from "yaml";
import { configError } from "../../errors.ts";

/** Puts a text in the place of another one; the rest of the YAML, comments and all, stays. */
export function replaceText(yaml: string, path: readonly string[], value: string): string {
  const node = parseDocument(yaml).getIn(path, true);
  if (!isScalar(node) || node.range === undefined || node.range === null) {
    throw configError(`metadata.yaml has no ${path.join(".")} that could be changed.`);
  }
  const [from, to] = node.range;
  const quote = /^["']/.exec(yaml.slice(from))?.[0] ?? "";
  return `${yaml.slice(0, from)}${quote}${value}${quote}${yaml.slice(to)}`;
}

/** Adds a member at the end of a mapping, and the mappings that it lacks for it; `content` is what stands below its key. */
export function addMember(yaml: string, path: readonly string[], content: readonly string[]): string {
  const document = parseDocument(yaml);
  let depth = path.length - 1;
  while (depth > 0 && !hasMembers(document.getIn(path.slice(0, depth)))) depth -= 1;
  const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth));
  if (!hasMembers(parent) || parent.flow === true) {
    throw configError(
      `metadata.yaml has ${path.slice(0, depth).join(".")} in one line, where ${path.slice(depth).join(".")} cannot be added: write its members in lines of their own.`,
    );
  }
  const last = parent.items.at(-1)!;
  const start = (parent.items[0]!.key as Scalar).range![0];
  const indent = start - (yaml.lastIndexOf("\n", start - 1) + 1);
  const keys = path.slice(depth).map((key, index) => `${" ".repeat(indent + 2 * index)}${key}:`);
  const inner = " ".repeat(indent + 2 * keys.length);
  const lines = [...keys, ...content.map((line) => inner + line)];
  const at = lineEnd(yaml, endOf(last));
  const before = yaml.slice(0, at);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${lines.join("\n")}\n${yaml.slice(at)}`;
}

/** An empty mapping cannot be added to in lines: it is `{}`, or nothing at all. */
const hasMembers = (node: unknown): node is YAMLMap & { items: Pair[] } => isMap(node) && node.items.length > 0;

function endOf({ key, value }: Pair): number {
  const { range } = (value ?? key) as Scalar; // nodes of a parsed text have ranges
  return range![1];
}

/** A block scalar ends where the next line starts. */
function lineEnd(yaml: string, at: number): number {
  if (yaml[at - 1] === "\n") return at;
  const end = yaml.indexOf("\n", at);
  return end < 0 ? yaml.length : end + 1;
}
