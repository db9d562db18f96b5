import type { Alternatives, Piece } from "./nodes.ts";
import { parseRegex } from "./parse.ts";

export interface Translation {
  /** In JavaScript's language, for the flag `v`. */
  readonly pattern: string;
  /** `i` where the whole pattern ignores case. */
  readonly flags: string;
  /** Where each group of the pattern is found in a match. */
  readonly places: readonly number[];
  /** The groups that have names. */
  readonly names: ReadonlyMap<string, number>;
  /** Whether it may match nothing where it could match something, as `a??` does. */
  readonly prefersNothing: boolean;
}

/**
 * A pattern of Python's `re` in JavaScript's language.
 * @throws a ValueError
 */
export function translate(source: string): Translation {
  const { body, groups, names, ignoreCase } = parseRegex(source);
  const places = new Array<number>(groups).fill(0);
  let count = 0;

  // Groups are numbered as they open, so all must be placed before the first reference is written.
  const place = (alternatives: Alternatives): void => {
    for (const piece of alternatives.flat()) placePiece(piece);
  };
  const placePiece = (piece: Piece): void => {
    if (piece.type === "group" && piece.number !== undefined) places[piece.number - 1] = ++count;
    if (piece.type === "atomic") atomic.set(piece, ++count);
    if (piece.type === "repeat") placePiece(piece.piece);
    else if ("body" in piece) place(piece.body);
  };
  const atomic = new Map<Piece, number>();

  const write = (alternatives: Alternatives): string =>
    alternatives.map((pieces) => pieces.map(writePiece).join("")).join("|");
  const writePiece = (piece: Piece): string => {
    switch (piece.type) {
      case "atom":
      case "assertion":
        return piece.text;
      case "group":
        return `(${piece.number === undefined ? "?:" : ""}${write(piece.body)})`;
      case "look":
        return `(${piece.opening}${write(piece.body)})`;
      case "atomic":
        return `(?:(?=(${write(piece.body)}))\\${atomic.get(piece) ?? 0})`;
      case "reference":
        return `(?:\\${places[piece.group - 1] ?? 0})`;
      case "repeat": {
        const inner = writePiece(piece.piece);
        const isOne = piece.piece.type === "atom" || piece.piece.type === "group";
        return `${isOne ? inner : `(?:${inner})`}${piece.times}${piece.lazy ? "?" : ""}`;
      }
    }
  };

  const areShy = (alternatives: Alternatives): boolean => alternatives.length > 1 || alternatives.flat().some(isShy);
  const isShy = (piece: Piece): boolean =>
    piece.type === "repeat" ? piece.lazy || isShy(piece.piece) : "body" in piece && areShy(piece.body);

  place(body);
  return { pattern: write(body), flags: ignoreCase ? "i" : "", places, names, prefersNothing: areShy(body) };
}
