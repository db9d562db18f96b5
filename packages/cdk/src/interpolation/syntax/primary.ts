import { parseExpression, parseTuple } from "./expressions.ts";
import type { Expression } from "./nodes.ts";
import type { TokenStream } from "./token-stream.ts";
import { describe } from "./token.ts";
import type { Json } from "../../json/value.ts";

const CONSTANTS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/** Whether this name means a constant: nothing can be assigned to it. */
export function isConstantName(name: string): boolean {
  return CONSTANTS.has(name);
}

/** A name, a literal, or anything in brackets. */
export function parsePrimary(stream: TokenStream): Expression {
  const token = stream.current();
  const { at } = token;
  switch (token.type) {
    case "name": {
      stream.next();
      const name = token.value;
      const value = CONSTANTS.get(name);
      return value === undefined ? { type: "Name", name, at } : { type: "Constant", value, at };
    }
    case "string": {
      let value = "";
      while (stream.at("string")) value += stream.next().value;
      return { type: "Constant", value, at };
    }
    case "integer":
    case "float":
      stream.next();
      return { type: "Constant", value: token.number ?? 0, at };
    case "(": {
      stream.next();
      const inside = parseTuple(stream, { parenthesized: true });
      stream.expect(")");
      return inside;
    }
    case "[":
      return { type: "List", items: parseItems(stream), at };
    case "{":
      return { type: "Dict", members: parseMembers(stream), at };
    default:
      return stream.fail(`unexpected '${describe(token)}'`, at);
  }
}

function parseItems(stream: TokenStream): Expression[] {
  stream.expect("[");
  const items: Expression[] = [];
  while (!stream.at("]")) {
    if (items.length > 0) stream.expect(",");
    if (stream.at("]")) break;
    items.push(parseExpression(stream));
  }
  stream.expect("]");
  return items;
}

function parseMembers(stream: TokenStream): [Expression, Expression][] {
  stream.expect("{");
  const members: [Expression, Expression][] = [];
  while (!stream.at("}")) {
    if (members.length > 0) stream.expect(",");
    if (stream.at("}")) break;
    const key = parseExpression(stream);
    stream.expect(":");
    members.push([key, parseExpression(stream)]);
  }
  stream.expect("}");
  return members;
}
