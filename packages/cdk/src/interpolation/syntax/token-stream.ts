import { SyntaxFailure } from "../failure.ts";
import { tokenize } from "./lexer.ts";
import { describe, describeType, type Token, type TokenType } from "./token.ts";

/** The tokens of a template, looked at from the current one on. */
export interface TokenStream {
  current(): Token;
  ahead(): Token;
  /** Goes on; gives the token that was current. */
  next(): Token;
  /** Whether the current token is of this type. */
  at(type: TokenType): boolean;
  /** Whether the current token is one of these words. */
  atWord(...words: string[]): boolean;
  skip(type: TokenType): boolean;
  skipWord(word: string): boolean;
  expect(type: TokenType): Token;
  expectWord(word: string): Token;
  fail(message: string, at?: number): never;
}

export function tokenStream(source: string): TokenStream {
  const tokens = tokenize(source);
  const end = tokens[tokens.length - 1]!; // there always is an eof token
  let position = 0;
  const current = (): Token => tokens[position] ?? end;
  const fail = (message: string, at = current().at): never => {
    throw new SyntaxFailure(message, at);
  };
  const next = (): Token => {
    const token = current();
    position++;
    return token;
  };
  const isWord = (token: Token, word: string): boolean => token.type === "name" && token.value === word;
  const unexpected = (expected: string): never =>
    current().type === "eof"
      ? fail(`unexpected end of template, expected '${expected}'.`)
      : fail(`expected token '${expected}', got '${describe(current())}'`);
  return {
    current,
    ahead: () => tokens[position + 1] ?? end,
    next,
    at: (type) => current().type === type,
    atWord: (...words) => words.some((word) => isWord(current(), word)),
    skip(type) {
      const found = current().type === type;
      if (found) position++;
      return found;
    },
    skipWord(word) {
      const found = isWord(current(), word);
      if (found) position++;
      return found;
    },
    expect: (type) => (current().type === type ? next() : unexpected(describeType(type))),
    expectWord: (word) => (isWord(current(), word) ? next() : unexpected(word)),
    fail,
  };
}
