import type { Problem } from "../../manifest/check/problem.ts";

/** Finds line and column, both from 1, of offsets in a text. */
export function createPositions(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem as people read it: its place, what it is, and the lines around it. */
export function printProblem(problem: Problem, file: string, text: string, position: Position): string {
  return `${printNote(problem, file, position)}\n${frame(text, position.line, position.column)}`;
}

/** The same in one line. */
export function printNote(
  { severity, code, message, hint }: Problem,
  file: string,
  { line, column }: Position,
): string {
  const question = hint === undefined ? "" : ` Did you mean ${hint}?`;
  return `${file}:${line}:${column} ${severity}: ${message}${question} [${code}]`;
}

const WIDEST = 110;

function frame(text: string, line: number, column: number): string {
  const lines = text.split("\n", line + 1);
  const width = String(line + 1).length;
  const shown = (number: number): string => {
    const content = (lines[number - 1] ?? "").replace(/\r$/, "");
    const mark = number === line ? ">" : " ";
    return `${mark} ${String(number).padStart(width)} | ${content.length > WIDEST ? `${content.slice(0, WIDEST)}…` : content}`.trimEnd();
  };
  const marked =
    /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,[\]{}]+)/.exec((lines[line - 1] ?? "").slice(column - 1))?.[0].length ?? 1;
  const pointer =
    column > WIDEST
      ? []
      : [`  ${" ".repeat(width)} | ${" ".repeat(column - 1)}${"^".repeat(Math.min(marked, WIDEST - column + 1))}`];
  return [
    ...(line > 1 ? [shown(line - 1)] : []),
    shown(line),
    ...pointer,
    ...(line < lines.length ? [shown(line + 1)] : []),
    "",
  ].join("\n");
}
