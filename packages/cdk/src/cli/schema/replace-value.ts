import {
  Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { equal } from "../../json/equal.ts";
import { entries, isList, isObject, type Json } from "../../json/value.ts";
import { plainJson } from "../../json-schema/plain-schema.ts";

const OPTIONS = { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" } as const;

/**
 * The text of a YAML document with another value of the member whose key stands at an offset. What stays the same within
 * the value keeps its form and its comments.
 */
export function replaceValue(text: string, keyAt: number, value: Json): string | undefined {
  const document = parseDocument(text, OPTIONS);
  let found: Pair | undefined;
  visit(document, {
    Pair(_, pair) {
      const key = pair.key as Scalar | null;
      if (key?.range?.[0] !== keyAt) return undefined;
      found = pair;
      return visit.BREAK;
    },
  });
  const node = found?.value as Node | undefined;
  if (found === undefined || node?.range === undefined || node.range === null) return undefined;
  const [from, to] = node.range;
  const line = text.lastIndexOf("\n", keyAt - 1) + 1;
  const indent = " ".repeat(keyAt - line);
  const wasFlow = isFlow(node);
  change(document, node, value);
  loosen(node, indent.length);
  const isBlock = !isFlow(node);
  // Such as `- schema:`, all of it in one line.
  if (isBlock && !/^\s*$/.test(text.slice(line, keyAt))) return undefined;
  node.commentBefore = null; // it stands before the value, and stays there
  const piece = new Document();
  piece.contents = node; // of the document that was parsed
  const printed = piece.toString({ lineWidth: 0, flowCollectionPadding: true }).replace(/\n$/, "");
  if (!isBlock) return text.slice(0, from) + printed + text.slice(to);
  const lines = printed.replace(/^(?=.)/gm, `${indent}  `);
  if (wasFlow) return `${text.slice(0, from).trimEnd()}\n${lines}${text.slice(to)}`;
  const rest = /\n$/.test(text.slice(from, to)) ? "\n" : "";
  return text.slice(0, from) + lines.trimStart() + rest + text.slice(to);
}

/** What has grown too wide for a line stands over several. */
function loosen(node: Node, column: number): void {
  if (!isMap(node) && !isSeq(node)) return;
  if (node.flow === true) {
    if (String(node).replaceAll(/\s+/g, " ").length + column <= WIDEST) return;
    node.flow = false;
  }
  if (isMap(node)) {
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      if (value !== null) loosen(value, column + 2 + keyOf(key).length);
    }
  }
}

const WIDEST = 110;

const isFlow = (node: Node): boolean => (isMap(node) || isSeq(node)) && node.flow === true;

/** Makes a node say something else, touching as little as can be. */
function change(document: Document, node: Node, value: Json): void {
  if (isMap(node) && isObject(value)) {
    const map = node as YAMLMap<Node, Node>;
    const wanted = new Map(entries(value));
    map.items = map.items.filter((pair) => isPair(pair) && wanted.has(keyOf(pair.key)));
    for (const [name, member] of wanted) {
      const pair = map.items.find((each) => keyOf(each.key) === name);
      if (pair === undefined) map.items.push(document.createPair(name, made(document, member)));
      else if (isContainer(pair.value, member)) change(document, pair.value!, member);
      else if (!equal(plain(pair.value), member)) pair.value = made(document, member);
    }
    const order = [...wanted.keys()];
    map.items.sort((one, other) => order.indexOf(keyOf(one.key)) - order.indexOf(keyOf(other.key)));
  }
}

/** A list is small enough to be made anew. */
const isContainer = (node: unknown, value: Json): boolean => isMap(node) && isObject(value);

function made(document: Document, value: Json): Node {
  const node = document.createNode(plainJson(value)) as Node;
  visit(node, {
    Collection(_, each) {
      const isSmall = isSeq(each)
        ? each.items.every(isScalar)
        : each.items.length <= 3 && each.items.every((pair) => isPair(pair) && isSmallValue(pair.value));
      if (isSmall && each.items.length > 0) each.flow = true;
    },
  });
  return node;
}

const isSmallValue = (value: unknown): boolean =>
  isScalar(value) || (isSeq(value) && value.items.length <= 3 && value.items.every(isScalar));

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : "");

const plain = (node: Node | null): Json => {
  const value = node === null ? null : (node.toJS(new Document()) as Json); // of scalars and lists
  return isList(value) ? [...value] : value;
};
