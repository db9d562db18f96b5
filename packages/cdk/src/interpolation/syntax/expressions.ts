import type { Arguments, BinaryOperator, Comparison, Expression, Filter } from "./nodes.ts";
import { parsePrimary } from "./primary.ts";
import type { TokenStream } from "./token-stream.ts";
import { describe, type TokenType } from "./token.ts";

export interface TupleOptions {
  /** Whether `a if b else c` may stand here; true when left out. */
  readonly conditional?: boolean;
  /** A word that ends the tuple. */
  readonly end?: string;
  /** Whether it stands in parentheses: only then it may be empty. */
  readonly parenthesized?: boolean;
}

/** An expression, or a tuple of several between commas. */
export function parseTuple(stream: TokenStream, options: TupleOptions = {}): Expression {
  const { at } = stream.current();
  const items: Expression[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expect(",");
    if (stream.at("variable_end") || stream.at("block_end") || stream.at(")")) break;
    if (options.end !== undefined && stream.atWord(options.end)) break;
    items.push(options.conditional === false ? parseOr(stream) : parseExpression(stream));
    if (!stream.at(",")) break;
    isTuple = true;
  }
  if (isTuple) return { type: "Tuple", items, at };
  if (items[0] !== undefined) return items[0];
  if (options.parenthesized !== true) {
    stream.fail(`Expected an expression, got '${describe(stream.current())}'`);
  }
  return { type: "Tuple", items, at };
}

export function parseExpression(stream: TokenStream): Expression {
  const { at } = stream.current();
  let then = parseOr(stream);
  while (stream.skipWord("if")) {
    const test = parseOr(stream);
    const otherwise = stream.skipWord("else") ? parseExpression(stream) : undefined;
    then = { type: "Conditional", test, then, otherwise, at };
  }
  return then;
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.skipWord("or")) left = { type: "Logic", operator: "or", left, right: parseAnd(stream), at: left.at };
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.skipWord("and")) left = { type: "Logic", operator: "and", left, right: parseNot(stream), at: left.at };
  return left;
}

function parseNot(stream: TokenStream): Expression {
  if (!stream.atWord("not")) return parseCompare(stream);
  const { at } = stream.next();
  return { type: "Not", operand: parseNot(stream), at };
}

function parseCompare(stream: TokenStream): Expression {
  const first = parseSum(stream);
  const rest: { operator: Comparison; operand: Expression }[] = [];
  for (;;) {
    const operator = comparison(stream);
    if (operator === undefined) break;
    rest.push({ operator, operand: parseSum(stream) });
  }
  return rest.length === 0 ? first : { type: "Compare", first, rest, at: first.at };
}

function comparison(stream: TokenStream): Comparison | undefined {
  const { type } = stream.current();
  if (type === "==" || type === "!=" || type === ">" || type === ">=" || type === "<" || type === "<=") {
    stream.next();
    return type;
  }
  if (stream.skipWord("in")) return "in";
  if (!stream.atWord("not") || stream.ahead().type !== "name" || stream.ahead().value !== "in") return undefined;
  stream.next();
  stream.next();
  return "not in";
}

/** Operators of one rank, from the left. */
function parseBinary(operators: readonly BinaryOperator[], operand: (stream: TokenStream) => Expression) {
  const rank: ReadonlySet<TokenType> = new Set(operators);
  const isOperator = (type: TokenType): type is BinaryOperator => rank.has(type);
  return (stream: TokenStream): Expression => {
    let left = operand(stream);
    for (;;) {
      const { type } = stream.current();
      if (!isOperator(type)) return left;
      stream.next();
      left = { type: "Binary", operator: type, left, right: operand(stream), at: left.at };
    }
  };
}

// From the left too: 2 ** 3 ** 2 is 64 here, unlike in Python.
const parsePower = parseBinary(["**"], (stream) => parseUnary(stream));
const parseProduct = parseBinary(["*", "/", "//", "%"], parsePower);
const parseSum = parseBinary(["+", "-"], parseConcat);

function parseConcat(stream: TokenStream): Expression {
  const first = parseProduct(stream);
  if (!stream.at("~")) return first;
  const items = [first];
  while (stream.skip("~")) items.push(parseProduct(stream));
  return { type: "Concat", items, at: first.at };
}

export function parseUnary(stream: TokenStream, withFilter = true): Expression {
  const { type, at } = stream.current();
  let node: Expression;
  if (type === "-" || type === "+") {
    stream.next();
    node = { type: "Sign", operator: type, operand: parseUnary(stream, false), at };
  } else node = parsePrimary(stream);
  node = parsePostfix(stream, node);
  return withFilter ? parseFilters(stream, node) : node;
}

/** Members, items and calls after an expression. */
export function parsePostfix(stream: TokenStream, start: Expression): Expression {
  let node = start;
  for (;;) {
    const { type, at } = stream.current();
    if (type === ".") {
      stream.next();
      const name = stream.next();
      if (name.type === "name") node = { type: "Attribute", object: node, name: name.value, at };
      else if (name.type === "integer")
        node = { type: "Item", object: node, key: { type: "Constant", value: name.number ?? 0, at: name.at }, at };
      else stream.fail("expected name or number", name.at);
    } else if (type === "[") node = { type: "Item", object: node, key: parseSubscript(stream), at };
    else if (type === "(") node = { type: "Call", callee: node, arguments: parseArguments(stream), at };
    else return node;
  }
}

function parseSubscript(stream: TokenStream): Expression {
  const { at } = stream.expect("[");
  const items: Expression[] = [];
  while (!stream.at("]")) {
    if (items.length > 0) stream.expect(",");
    items.push(parseSubscriptItem(stream));
  }
  stream.expect("]");
  if (items.length === 1 && items[0] !== undefined) return items[0];
  if (items.some(({ type }) => type === "Slice")) stream.fail("a slice cannot stand in a tuple", at);
  return { type: "Tuple", items, at };
}

function parseSubscriptItem(stream: TokenStream): Expression {
  const { at } = stream.current();
  const ended = (): boolean => stream.at("]") || stream.at(",");
  const part = (): Expression | undefined => (ended() || stream.at(":") ? undefined : parseExpression(stream));
  const start = stream.at(":") ? undefined : parseExpression(stream);
  if (!stream.skip(":") && start !== undefined) return start;
  const stop = part();
  const step = stream.skip(":") && !ended() ? parseExpression(stream) : undefined;
  return { type: "Slice", start, stop, step, at };
}

function parseFilters(stream: TokenStream, start: Expression): Expression {
  let node = start;
  for (;;) {
    const { at } = stream.current();
    if (stream.at("|")) node = parseFilter(stream, node);
    else if (stream.atWord("is")) node = parseTest(stream, node);
    else if (stream.at("(")) node = { type: "Call", callee: node, arguments: parseArguments(stream), at };
    else return node;
  }
}

/** One or more filters after a `|`. */
function parseFilter(stream: TokenStream, operand: Expression): Expression {
  let node = operand;
  while (stream.skip("|")) node = parseOneFilter(stream, node);
  return node;
}

export function parseOneFilter(stream: TokenStream, operand: Expression | undefined): Filter {
  const { at } = stream.current();
  const name = parseDottedName(stream);
  return { type: "Filter", operand, name, arguments: stream.at("(") ? parseArguments(stream) : NONE, at };
}

const NONE: Arguments = { positional: [], named: [], rest: undefined, namedRest: undefined };

function parseDottedName(stream: TokenStream): string {
  let name = stream.expect("name").value;
  while (stream.skip(".")) name += `.${stream.expect("name").value}`;
  return name;
}

const STARTS_ARGUMENT: ReadonlySet<TokenType> = new Set(["name", "string", "integer", "float", "(", "[", "{"]);

function parseTest(stream: TokenStream, operand: Expression): Expression {
  const { at } = stream.next();
  const negated = stream.skipWord("not");
  const name = parseDottedName(stream);
  let given = NONE;
  if (stream.at("(")) given = parseArguments(stream);
  else if (STARTS_ARGUMENT.has(stream.current().type) && !stream.atWord("else", "or", "and")) {
    if (stream.atWord("is")) stream.fail("You cannot chain multiple tests with is");
    given = { ...NONE, positional: [parsePostfix(stream, parsePrimary(stream))] };
  }
  const test: Expression = { type: "Test", operand, name, arguments: given, at };
  return negated ? { type: "Not", operand: test, at } : test;
}

function parseArguments(stream: TokenStream): Arguments {
  const { at } = stream.expect("(");
  const positional: Expression[] = [];
  const named: [string, Expression][] = [];
  let rest: Expression | undefined;
  let namedRest: Expression | undefined;
  const ensure = (valid: boolean): void => {
    if (!valid) stream.fail("invalid syntax for function call expression", at);
  };
  for (let first = true; !stream.at(")"); first = false) {
    if (!first) {
      stream.expect(",");
      if (stream.at(")")) break;
    }
    if (stream.skip("*")) {
      ensure(rest === undefined && namedRest === undefined);
      rest = parseExpression(stream);
    } else if (stream.skip("**")) {
      ensure(namedRest === undefined);
      namedRest = parseExpression(stream);
    } else if (stream.at("name") && stream.ahead().type === "=") {
      ensure(namedRest === undefined);
      const name = stream.next().value;
      stream.next();
      if (named.some(([other]) => other === name)) stream.fail(`keyword argument repeated: ${name}`);
      named.push([name, parseExpression(stream)]);
    } else {
      ensure(rest === undefined && namedRest === undefined && named.length === 0);
      positional.push(parseExpression(stream));
    }
  }
  stream.expect(")");
  return { positional, named, rest, namedRest };
}
