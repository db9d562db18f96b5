import { stripVTControlCharacters, styleText } from "node:util";

type Paint = (text: string) => string;

/** Colours, or none of them. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const names = ["bold", "dim", "red", "green", "yellow", "cyan"] as const;

export function createStyle(isColoured: boolean): Style {
  const paint = (name: (typeof names)[number]): Paint => {
    if (!isColoured) return (text) => text;
    const [before, after] = styleText(name, " ", plainly).split(" ");
    return (text) => (text === "" ? "" : `${before}${text}${after}`);
  };
  return Object.fromEntries(names.map((name) => [name, paint(name)])) as unknown as Style; // each name has its paint
}

/** Newer versions of Node look at the stream by themselves; here it was looked at. */
const plainly = { validateStream: false } as never;

/** How many columns a text takes. */
export const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** The text without its end where it is too wide; a text that is cut loses its colours. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return width <= 1 ? "…".slice(0, width) : `${stripVTControlCharacters(text).slice(0, width - 1)}…`;
}

export const padEnd = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string => " ".repeat(Math.max(0, width - widthOf(text))) + text;
