import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of podman or docker, whichever is on the PATH; undefined where neither is. */
export function containerEngine(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const folders = (env["PATH"] ?? "").split(delimiter);
  return ["podman", "docker"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}
