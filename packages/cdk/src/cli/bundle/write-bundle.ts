import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MAIN, type Bundle } from "./bundle.ts";

/** Writes a bundle into a folder. Gives the paths of its files with their sizes in bytes. */
export async function writeBundle(
  { files }: Pick<Bundle, "files">,
  folder: string,
): Promise<readonly { path: string; bytes: number }[]> {
  for (const { path, content } of files) {
    const whole = join(folder, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, content, { mode: path === MAIN ? 0o755 : 0o644 });
  }
  return files.map(({ path, content }) => ({ path: join(folder, path), bytes: content.length }));
}
