import type { Problem } from "../../manifest/check/problem.ts";
import type { Style } from "../terminal/style.ts";

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

/** How near the lines of two problems are that are shown in one frame. */
const NEAR = 2;

/**
 * Problems as people read them: each in a line with its place, then the lines around it; those of one kind that stand close
 * together share these.
 */
export function printProblems(problems: readonly Problem[], file: string, text: string, style: Style): string {
  const position = createPositions(text);
  const lines = text.split("\n");
  let printed = "";
  let group: Placed[] = [];
  for (const problem of problems) {
    const placed = { ...position(problem.offset), problem };
    if (!belongs(placed, group.at(-1))) flush();
    group.push(placed);
  }
  flush();
  return printed;

  function flush(): void {
    const [first] = group;
    if (first === undefined) return;
    const paint = painter(first.problem, style);
    for (const { problem, ...place } of group) printed += `${head(problem, file, place, style)}\n`;
    if (first.problem.severity !== "note") printed += `${frame(lines, group, style, paint)}\n`;
    for (const { problem } of group) if (problem.stub !== undefined) printed += `${indented(problem.stub)}\n`;
    group = [];
  }
}

interface Placed extends Position {
  readonly problem: Problem;
}

const belongs = ({ line, problem }: Placed, before: Placed | undefined): boolean =>
  before !== undefined && before.problem.severity === problem.severity && Math.abs(line - before.line) <= NEAR;

const indented = (code: string): string => code.replace(/^(?=.)/gm, "    ");

function painter({ severity }: Problem, style: Style): (text: string) => string {
  if (severity === "note") return style.cyan;
  return severity === "error" ? style.red : style.yellow;
}

function head(problem: Problem, file: string, { line, column }: Position, style: Style): string {
  const { severity, code, message, hint } = problem;
  const question = hint === undefined ? "" : ` Did you mean ${style.green(hint)}?`;
  const place = style.bold(`${file}:${line}:${column}`);
  return `${place} ${painter(problem, style)(severity)}: ${message}${question} ${style.dim(`[${code}]`)}`;
}

const WIDEST = 110;

/** The lines of the marks, which come in their order, with the lines before and after. */
function frame(
  lines: readonly string[],
  marks: readonly Position[],
  style: Style,
  paint: (text: string) => string,
): string {
  const first = Math.max(1, marks[0]!.line - 1);
  const last = Math.min(lines.length, marks.at(-1)!.line + 1);
  const width = String(marks.at(-1)!.line + 1).length;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = (lines[number - 1] ?? "").replace(/\r$/, "");
    const here = marks.filter(({ line }) => line === number);
    const sign = here.length > 0 ? paint(">") : " ";
    const gutter = style.dim(`${String(number).padStart(width)} |`);
    rows.push(`${sign} ${gutter} ${content.length > WIDEST ? `${content.slice(0, WIDEST)}…` : content}`.trimEnd());
    const pointer = pointerTo(content, here);
    if (pointer !== "") rows.push(`  ${style.dim(`${" ".repeat(width)} |`)} ${paint(pointer)}`);
  }
  return `${rows.join("\n")}\n`;
}

/** Carets below the words that start at these columns. */
function pointerTo(content: string, marks: readonly Position[]): string {
  let pointer = "";
  for (const { column } of [...marks].sort((a, b) => a.column - b.column)) {
    if (column > WIDEST || column <= pointer.length) continue;
    const word = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,[\]{}]+)/.exec(content.slice(column - 1))?.[0].length ?? 1;
    pointer = pointer.padEnd(column - 1) + "^".repeat(Math.min(word, WIDEST - column + 1));
  }
  return pointer;
}

/** How many problems there are: `2 errors, 1 warning in FILE.`; that the file is valid, where there are none. */
export function summarize(problems: readonly Problem[], file: string, style: Style): string {
  const counted = (severity: "error" | "warning", paint: (text: string) => string): string[] => {
    const count = problems.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [paint(`${count} ${severity}${count === 1 ? "" : "s"}`)];
  };
  const found = [...counted("error", style.red), ...counted("warning", style.yellow)];
  return found.length === 0 ? style.green(`${file} is valid.`) : `${found.join(", ")} in ${file}.`;
}
