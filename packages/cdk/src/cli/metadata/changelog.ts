/** Adds a version to a changelog: a row where its versions are in a table, as in Airbyte's pages, else a section. */
export function addToChangelog(
  text: string | undefined,
  version: string,
  day: string,
  lines: readonly string[],
): string {
  const section = `## ${version} - ${day}\n\n${lines.map((line) => `- ${line}\n`).join("")}`;
  if (text === undefined || text.trim() === "") return `# Changelog\n\n${section}`;
  const table = /^\|\s*Version\s*\|.*\n\|[\s:|-]+\|[ \t]*\n/im.exec(text);
  if (table !== null) {
    const columns = table[0].split("\n")[0]!.split("|").length - 2;
    const cells = [version, day, ...Array.from({ length: Math.max(0, columns - 3) }, () => ""), lines.join("; ")];
    const at = table.index + table[0].length;
    return `${text.slice(0, at)}| ${cells.slice(0, columns).join(" | ")} |\n${text.slice(at)}`;
  }
  const first = /^## (?!\[?unreleased)/im.exec(text)?.index;
  if (first !== undefined) return `${text.slice(0, first)}${section}\n${text.slice(first)}`;
  return `${text.trimEnd()}\n\n${section}`;
}
