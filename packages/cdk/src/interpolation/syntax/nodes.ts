import type { Json } from "../../json/value.ts";

/** The tree of a template. `at` is where a node begins in the source, in UTF-16 units. */
export type Statement =
  Output | For | If | Macro | CallBlock | FilterBlock | With | Block | LoadTemplate | Assign | AssignBlock | Autoescape;

export interface Output {
  readonly type: "Output";
  /** Text of the template, or an expression to be written. */
  readonly parts: readonly (string | Expression)[];
  readonly at: number;
}
export interface For {
  readonly type: "For";
  readonly target: Target;
  readonly items: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly at: number;
}
export interface If {
  readonly type: "If";
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly at: number;
}
/** Parameters and body of a macro or of a call block. */
export interface Signature {
  readonly parameters: readonly string[];
  /** Of the last parameters. */
  readonly defaults: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface Macro extends Signature {
  readonly type: "Macro";
  readonly name: string;
  readonly at: number;
}
export interface CallBlock extends Signature {
  readonly type: "CallBlock";
  readonly call: Call;
  readonly at: number;
}
export interface FilterBlock {
  readonly type: "FilterBlock";
  readonly filter: Filter;
  readonly body: readonly Statement[];
  readonly at: number;
}
export interface With {
  readonly type: "With";
  readonly targets: readonly Target[];
  readonly values: readonly Expression[];
  readonly body: readonly Statement[];
  readonly at: number;
}
export interface Block {
  readonly type: "Block";
  readonly name: string;
  readonly body: readonly Statement[];
  readonly scoped: boolean;
  readonly required: boolean;
  readonly at: number;
}
/** `extends`, `include`, `import`, `from … import`: there is no place to load templates from. */
export interface LoadTemplate {
  readonly type: "LoadTemplate";
  readonly keyword: string;
  readonly template: Expression;
  /** Names that it would set. */
  readonly names: readonly string[];
  readonly at: number;
}
export interface Assign {
  readonly type: "Assign";
  readonly target: Target;
  readonly value: Expression;
  readonly at: number;
}
export interface AssignBlock {
  readonly type: "AssignBlock";
  readonly target: Target;
  readonly filter: Filter | undefined;
  readonly body: readonly Statement[];
  readonly at: number;
}
export interface Autoescape {
  readonly type: "Autoescape";
  readonly enabled: Expression;
  readonly body: readonly Statement[];
  readonly at: number;
}

export type Target = Name | NamespaceMember | TargetTuple;
export interface TargetTuple {
  readonly type: "TargetTuple";
  readonly items: readonly Target[];
  readonly at: number;
}
export interface NamespaceMember {
  readonly type: "NamespaceMember";
  readonly name: string;
  readonly member: string;
  readonly at: number;
}

export type Expression =
  | Name
  | Constant
  | List
  | Tuple
  | Dict
  | Conditional
  | Logic
  | Not
  | Compare
  | Binary
  | Sign
  | Concat
  | Filter
  | Test
  | Call
  | Attribute
  | Item
  | Slice;

export interface Name {
  readonly type: "Name";
  readonly name: string;
  readonly at: number;
}
export interface Constant {
  readonly type: "Constant";
  readonly value: Json;
  readonly at: number;
}
export interface List {
  readonly type: "List";
  readonly items: readonly Expression[];
  readonly at: number;
}
export interface Tuple {
  readonly type: "Tuple";
  readonly items: readonly Expression[];
  readonly at: number;
}
export interface Dict {
  readonly type: "Dict";
  readonly members: readonly (readonly [key: Expression, value: Expression])[];
  readonly at: number;
}
export interface Conditional {
  readonly type: "Conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
  readonly at: number;
}
export interface Logic {
  readonly type: "Logic";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
}
export interface Not {
  readonly type: "Not";
  readonly operand: Expression;
  readonly at: number;
}
export type Comparison = "==" | "!=" | ">" | ">=" | "<" | "<=" | "in" | "not in";
export interface Compare {
  readonly type: "Compare";
  readonly first: Expression;
  readonly rest: readonly { readonly operator: Comparison; readonly operand: Expression }[];
  readonly at: number;
}
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";
export interface Binary {
  readonly type: "Binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
}
export interface Sign {
  readonly type: "Sign";
  readonly operator: "-" | "+";
  readonly operand: Expression;
  readonly at: number;
}
export interface Concat {
  readonly type: "Concat";
  readonly items: readonly Expression[];
  readonly at: number;
}
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly (readonly [name: string, value: Expression])[];
  /** `*items` */
  readonly rest: Expression | undefined;
  /** `**members` */
  readonly namedRest: Expression | undefined;
}
export interface Filter {
  readonly type: "Filter";
  /** Undefined in a filter block: what the block has written. */
  readonly operand: Expression | undefined;
  readonly name: string;
  readonly arguments: Arguments;
  readonly at: number;
}
export interface Test {
  readonly type: "Test";
  readonly operand: Expression;
  readonly name: string;
  readonly arguments: Arguments;
  readonly at: number;
}
export interface Call {
  readonly type: "Call";
  readonly callee: Expression;
  readonly arguments: Arguments;
  readonly at: number;
}
export interface Attribute {
  readonly type: "Attribute";
  readonly object: Expression;
  readonly name: string;
  readonly at: number;
}
export interface Item {
  readonly type: "Item";
  readonly object: Expression;
  readonly key: Expression;
  readonly at: number;
}
export interface Slice {
  readonly type: "Slice";
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
  readonly at: number;
}
