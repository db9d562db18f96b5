import type { Float } from "../../json/value.ts";

/** Operators, under the names that messages use for them. */
export type Operator =
  | "//"
  | "**"
  | "=="
  | "!="
  | ">="
  | "<="
  | "+"
  | "-"
  | "/"
  | "*"
  | "%"
  | "~"
  | "["
  | "]"
  | "("
  | ")"
  | "{"
  | "}"
  | ">"
  | "<"
  | "="
  | "."
  | ":"
  | "|"
  | ","
  | ";";

export type TokenType =
  | Operator
  | "name"
  | "string"
  | "integer"
  | "float"
  | "data"
  | "block_begin"
  | "block_end"
  | "variable_begin"
  | "variable_end"
  | "eof";

export interface Token {
  readonly type: TokenType;
  /** The text of names, strings and data. */
  readonly value: string;
  /** The value of a number. */
  readonly number?: number | bigint | Float;
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
}

const DESCRIPTIONS: Partial<Record<TokenType, string>> = {
  block_begin: "begin of statement block",
  block_end: "end of statement block",
  variable_begin: "begin of print statement",
  variable_end: "end of print statement",
  data: "template data / text",
  eof: "end of template",
};

/** How a message names a token. */
export function describe(token: Token): string {
  return token.type === "name" ? token.value : describeType(token.type);
}

export function describeType(type: TokenType): string {
  return DESCRIPTIONS[type] ?? type;
}
