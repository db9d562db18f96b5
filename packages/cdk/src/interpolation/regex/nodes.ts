/** A piece of a regular expression. */
export type Piece =
  /** Already in JavaScript's language; matches one character, or is an assertion. */
  | { readonly type: "atom"; readonly text: string }
  | { readonly type: "assertion"; readonly text: string }
  | { readonly type: "group"; readonly number: number | undefined; readonly body: Alternatives }
  | { readonly type: "look"; readonly opening: string; readonly body: Alternatives }
  /** Matches once and for all: what follows cannot make it match otherwise. */
  | { readonly type: "atomic"; readonly body: Alternatives }
  | { readonly type: "reference"; readonly group: number }
  | { readonly type: "repeat"; readonly piece: Piece; readonly times: string; readonly lazy: boolean };

/** What stands between `|`, each pieces in a row. */
export type Alternatives = readonly (readonly Piece[])[];
