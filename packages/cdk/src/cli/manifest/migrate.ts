import { writeFile } from "node:fs/promises";
import { migrateText } from "../../manifest/migrate-text.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

/** What to do with the new text: print it, write it into the file, or only say whether it differs. */
export type MigrateMode = "print" | "write" | "check";

/** Rewrites the older forms in a manifest's text. */
export function migrateFile(file: string, mode: MigrateMode, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, async (text) => {
    const migrated = migrateText(text, file);
    for (const note of migrated.notes) terminal.complain(`${file}: ${note}\n`);
    if (mode === "print") terminal.print(migrated.text);
    else for (const { line, what } of migrated.changes) terminal.print(`${file}:${line}: ${what}\n`);
    if (mode === "write" && migrated.text !== text) await writeFile(file, migrated.text);
    return mode === "check" && migrated.changes.length > 0 ? 1 : 0;
  });
}
