import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of `templates/`, by their paths in it. The build puts the files themselves in the place of this module. */
export const templateFiles: Readonly<Record<string, string>> = filesIn(
  fileURLToPath(new URL("../../../../../../templates", import.meta.url)),
);

function filesIn(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const pending = [folder];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (["node_modules", "dist"].includes(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) pending.push(inner);
      else files[relative(folder, inner)] = readFileSync(inner, "utf8");
    }
  }
  return files;
}
