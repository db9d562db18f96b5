import { Document, isMap, isPair, isScalar, isSeq, visit, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { plainJson } from "../../json-schema/plain-schema.ts";
import type { Json } from "../../json/value.ts";

/** The widest mapping or list that stands in one line. */
const WIDEST = 90;

/**
 * YAML as authors write it: what is small stands in one line. `comments` stand before the members at their paths.
 */
export function writeYaml(value: Json, comments: ReadonlyMap<string, string> = new Map(), head = ""): string {
  const document = new Document(plainJson(value), { schema: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node, path) {
      if (path.length > 1 && isSmall(node)) {
        node.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
  });
  if (comments.size > 0 && isMap(document.contents)) {
    for (const { key } of document.contents.items.slice(2)) if (isScalar(key)) key.spaceBefore = true;
  }
  for (const [path, comment] of comments) {
    const pair = pairAt(document.contents, path.split("/"));
    if (pair === undefined) continue;
    pair.commentBefore = comment.replace(/^/gm, " ");
    pair.spaceBefore = true;
  }
  return `${head}${document.toString({ lineWidth: 0, flowCollectionPadding: true })}`.replaceAll(/\n{3,}/g, "\n\n");
}

/** The key at a path of keys, which a comment can be put before. */
function pairAt(root: Node | null, path: readonly string[]): Node | undefined {
  let node: unknown = root;
  let key: Node | undefined;
  for (const name of path) {
    if (!isMap(node)) return undefined;
    const pair = (node as YAMLMap<Node, Node>).items.find((each) => isScalar(each.key) && each.key.value === name);
    key = pair?.key;
    node = pair?.value;
  }
  return key;
}

function isSmall(node: YAMLMap | YAMLSeq): boolean {
  let width = 0;
  const add = (each: unknown): boolean => {
    if (isScalar(each)) width += String(each.value).length + 4;
    return isScalar(each) && !/\n/.test(String(each.value)) && width <= WIDEST;
  };
  // A list of plain values, or a mapping of plain values and such lists.
  const plain = (each: unknown): boolean => add(each) || (isSeq(each) && each.items.every(add));
  if (isSeq(node)) return node.items.length > 0 && node.items.every(add);
  const many = node.items.length > 4 || (node.items.length > 1 && node.has("$ref"));
  return !many && node.items.every((pair) => isPair(pair) && add(pair.key) && plain(pair.value));
}
