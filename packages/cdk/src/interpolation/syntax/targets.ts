import type { Target } from "./nodes.ts";
import { isConstantName } from "./primary.ts";
import { describe } from "./token.ts";
import type { TokenStream } from "./token-stream.ts";

/**
 * What is assigned to: a name, or names in a tuple.
 * @param namespaces whether members of a namespace may stand there: `ns.found`
 * @param end a word that ends it
 */
export function parseTarget(stream: TokenStream, namespaces = false, end?: string): Target {
  const { at } = stream.current();
  const items: Target[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expect(",");
    if (stream.at("variable_end") || stream.at("block_end") || stream.at(")")) break;
    if (end !== undefined && stream.atWord(end)) break;
    items.push(parseOne(stream, namespaces));
    if (!stream.at(",")) break;
    isTuple = true;
  }
  const [only] = items;
  if (isTuple) return { type: "TargetTuple", items, at };
  return only ?? stream.fail(`Expected an expression, got '${describe(stream.current())}'`);
}

function parseOne(stream: TokenStream, namespaces: boolean): Target {
  const { at, type } = stream.current();
  if (type === "(") {
    stream.next();
    if (stream.at(")")) {
      stream.next();
      return { type: "TargetTuple", items: [], at };
    }
    const inside = parseTarget(stream);
    stream.expect(")");
    return inside;
  }
  if (type !== "name") return stream.fail(`can't assign to '${describe(stream.current())}'`);
  const name = parseTargetName(stream);
  if (!namespaces || !stream.skip(".")) return { type: "Name", name, at };
  return { type: "NamespaceMember", name, member: stream.expect("name").value, at };
}

/** A single name. */
export function parseTargetName(stream: TokenStream): string {
  const { value, at } = stream.expect("name");
  const name = value;
  if (isConstantName(name)) stream.fail(`can't assign to '${name}'`, at);
  return name;
}
