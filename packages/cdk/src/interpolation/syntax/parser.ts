import { parseOneFilter, parseExpression, parseTuple } from "./expressions.ts";
import { parseLoading } from "./loading.ts";
import type { Call, Expression, Filter, Signature, Statement } from "./nodes.ts";
import { parseTarget, parseTargetName } from "./targets.ts";
import { tokenStream, type TokenStream } from "./token-stream.ts";

/**
 * The tree of a template.
 * @throws SyntaxFailure
 */
export function parseTemplate(source: string): Statement[] {
  const stream = tokenStream(source);
  return parseBody(stream, [], []);
}

/** Statements up to one of the end words, which becomes current. */
function parseBody(stream: TokenStream, ends: readonly string[], open: readonly string[]): Statement[] {
  const body: Statement[] = [];
  let parts: (string | Expression)[] = [];
  let start = stream.current().at;
  const flush = (): void => {
    if (parts.length > 0) body.push({ type: "Output", parts, at: start });
    parts = [];
  };
  while (!stream.at("eof")) {
    const token = stream.next();
    if (parts.length === 0) start = token.at;
    if (token.type === "data") parts.push(token.value);
    else if (token.type === "variable_begin") {
      parts.push(parseTuple(stream));
      stream.expect("variable_end");
    } else {
      flush();
      if (stream.atWord(...ends)) return body;
      body.push(...parseStatement(stream, ends, open));
      stream.expect("block_end");
    }
  }
  flush();
  if (ends.length > 0) stream.fail(problem("Unexpected end of template.", ends, open));
  return body;
}

function problem(start: string, ends: readonly string[], open: readonly string[]): string {
  const looking = ends.map((word) => `'${word}'`).join(" or ");
  const innermost = open[open.length - 1];
  return [
    start,
    ...(ends.length > 0 ? [`Looking for ${looking}.`] : []),
    ...(innermost === undefined ? [] : [`The innermost block that needs to be closed is '${innermost}'.`]),
  ].join(" ");
}

function parseStatement(stream: TokenStream, ends: readonly string[], open: readonly string[]): Statement[] {
  const token = stream.current();
  if (token.type !== "name") stream.fail("tag name expected");
  const word = token.value;
  const within = [...open, word];
  const bodyUntil = (...words: string[]): Statement[] => {
    stream.skip(":");
    stream.expect("block_end");
    return parseBody(stream, words, within);
  };
  const lastBody = (end: string): Statement[] => {
    const body = bodyUntil(end);
    stream.next();
    return body;
  };
  const parse = STATEMENTS[word];
  if (parse === undefined) {
    const loading = parseLoading(stream, word);
    return [loading ?? stream.fail(problem(`Encountered unknown tag '${word}'.`, ends, open))];
  }
  stream.next();
  return [parse({ stream, at: token.at, bodyUntil, lastBody })];
}

interface Parts {
  readonly stream: TokenStream;
  readonly at: number;
  /** Reads on to one of these words, which becomes current. */
  readonly bodyUntil: (...words: string[]) => Statement[];
  /** Reads on past this word. */
  readonly lastBody: (end: string) => Statement[];
}

const STATEMENTS: Readonly<Record<string, ((parts: Parts) => Statement) | undefined>> = {
  for: parseFor,
  if: parseIf,
  set: parseSet,
  macro({ stream, at, lastBody }) {
    const name = parseTargetName(stream);
    const signature = parseSignature(stream);
    return { type: "Macro", name, ...signature, body: lastBody("endmacro"), at };
  },
  call: parseCallBlock,
  filter({ stream, at, lastBody }) {
    const filter = parseFilterChain(stream, parseOneFilter(stream, undefined));
    return { type: "FilterBlock", filter, body: lastBody("endfilter"), at };
  },
  with: parseWith,
  block: parseBlock,
  autoescape({ stream, at, lastBody }) {
    const enabled = parseExpression(stream);
    return { type: "Autoescape", enabled, body: lastBody("endautoescape"), at };
  },
  print({ stream, at }) {
    const parts: Expression[] = [];
    while (!stream.at("block_end")) {
      if (parts.length > 0) stream.expect(",");
      parts.push(parseExpression(stream));
    }
    return { type: "Output", parts, at };
  },
};

function parseFor({ stream, at, bodyUntil, lastBody }: Parts): Statement {
  const target = parseTarget(stream, false, "in");
  stream.expectWord("in");
  const items = parseTuple(stream, { conditional: false, end: "recursive" });
  const test = stream.skipWord("if") ? parseExpression(stream) : undefined;
  const recursive = stream.skipWord("recursive");
  const body = bodyUntil("endfor", "else");
  const otherwise = stream.next().value === "else" ? lastBody("endfor") : [];
  return { type: "For", target, items, body, otherwise, test, recursive, at };
}

function parseIf({ stream, at, bodyUntil, lastBody }: Parts): Statement {
  const branches: { test: Expression; body: Statement[] }[] = [];
  for (;;) {
    const test = parseTuple(stream, { conditional: false });
    branches.push({ test, body: bodyUntil("elif", "else", "endif") });
    const word = stream.next().value;
    if (word !== "elif") return { type: "If", branches, otherwise: word === "else" ? lastBody("endif") : [], at };
  }
}

function parseSet({ stream, at, lastBody }: Parts): Statement {
  const target = parseTarget(stream, true);
  if (stream.skip("=")) return { type: "Assign", target, value: parseTuple(stream), at };
  const filter = stream.skip("|") ? parseFilterChain(stream, parseOneFilter(stream, undefined)) : undefined;
  return { type: "AssignBlock", target, filter, body: lastBody("endset"), at };
}

function parseFilterChain(stream: TokenStream, first: Filter): Filter {
  let filter = first;
  while (stream.skip("|")) filter = parseOneFilter(stream, filter);
  return filter;
}

function parseSignature(stream: TokenStream): Omit<Signature, "body"> {
  const parameters: string[] = [];
  const defaults: Expression[] = [];
  stream.expect("(");
  while (!stream.at(")")) {
    if (parameters.length > 0) stream.expect(",");
    const name = parseTargetName(stream);
    if (stream.skip("=")) defaults.push(parseExpression(stream));
    else if (defaults.length > 0) stream.fail("non-default argument follows default argument");
    if (parameters.includes(name)) stream.fail(`duplicate argument '${name}'`);
    parameters.push(name);
  }
  stream.expect(")");
  return { parameters, defaults };
}

function parseCallBlock({ stream, at, lastBody }: Parts): Statement {
  const signature = stream.at("(") ? parseSignature(stream) : { parameters: [], defaults: [] };
  const call = parseExpression(stream);
  if (!isCall(call)) return stream.fail("expected call", at);
  return { type: "CallBlock", call, ...signature, body: lastBody("endcall"), at };
}

function isCall(node: Expression): node is Call {
  return node.type === "Call";
}

function parseWith({ stream, at, lastBody }: Parts): Statement {
  const targets = [];
  const values: Expression[] = [];
  while (!stream.at("block_end")) {
    if (targets.length > 0) stream.expect(",");
    targets.push(parseTarget(stream));
    stream.expect("=");
    values.push(parseExpression(stream));
  }
  return { type: "With", targets, values, body: lastBody("endwith"), at };
}

function parseBlock({ stream, at, lastBody }: Parts): Statement {
  const name = stream.expect("name").value;
  const scoped = stream.skipWord("scoped");
  const required = stream.skipWord("required");
  if (stream.at("-")) stream.fail("Block names may not contain hyphens, use an underscore instead.");
  const body = lastBody("endblock");
  const isBlank = (node: Statement): boolean =>
    node.type === "Output" && node.parts.every((part) => typeof part === "string" && part.trim() === "");
  if (required && !body.every(isBlank)) stream.fail("Required blocks can only contain comments or whitespace");
  stream.skipWord(name);
  return { type: "Block", name, body, scoped, required, at };
}
