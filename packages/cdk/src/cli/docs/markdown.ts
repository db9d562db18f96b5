/** A table, its columns as wide as they need be, as formatters of Markdown leave it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(" | ")} |`;
  const [first, ...others] = cells;
  return [line(first!), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...others.map(line), ""].join(
    "\n",
  );
}

/** Text that stays one cell. */
const cell = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();

export const code = (text: string): string => (text === "" ? "" : `\`${text.replaceAll("`", "'")}\``);

/** A description as Markdown: HTML in it, as some specifications have, is shown as what it says. */
export const plain = (text: string): string =>
  text
    .replaceAll(/<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)["']?[^>]*>(.*?)<\/a>/gis, "[$2]($1)")
    .replaceAll(/<\/?(?:b|strong)>/gi, "**")
    .replaceAll(/<\/?code>/gi, "`")
    .replaceAll(/<br\s*\/?>/gi, " ")
    .replaceAll(/<\/?(?:a|div|em|h\d|i|img|li|ol|p|span|sub|sup|u|ul)(?:\s[^<>]*)?\/?>/gi, "")
    .replaceAll("<", "&lt;");
