import { fit, padEnd, padStart, widthOf } from "./style.ts";
import type { Terminal } from "./terminal.ts";

export interface Column {
  readonly head: string;
  /** Numbers stand at the right. */
  readonly align?: "right";
}

const GAP = "  ";
const NARROWEST = 8;

/** Rows in columns as wide as they need be. Where the terminal is too narrow the widest columns are cut. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, style }: Pick<Terminal, "width" | "style">,
): string {
  const widths = columns.map(({ head }, index) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const sum = (): number => widths.reduce((all, each) => all + each, GAP.length * (widths.length - 1));
  while (sum() > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= NARROWEST) break;
    widths[widest] = Math.max(NARROWEST, widths[widest]! - Math.min(sum() - width, spare(widths, widest)));
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = fit(cells[index] ?? "", widths[index]!);
        return align === "right" ? padStart(cell, widths[index]!) : padEnd(cell, widths[index]!);
      })
      .join(GAP)
      .trimEnd();
  const head = style.bold(line(columns.map((column) => column.head)));
  return `${[head, ...rows.map(line)].join("\n")}\n`;
}

/** How much the widest column may lose before another one is the widest. */
function spare(widths: readonly number[], widest: number): number {
  const next = Math.max(0, ...widths.filter((_, index) => index !== widest));
  return Math.max(1, widths[widest]! - next);
}
