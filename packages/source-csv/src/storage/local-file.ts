import { open, type FileHandle } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { configError } from "ferry-cdk";
import { changedMidway } from "./changed.ts";
import type { StoredFile } from "./stored-file.ts";

const PART = 256 * 1024;

/** A file on this machine, by its path or a file:// URL. */
export function localFile(url: string): StoredFile {
  const path = pathOf(url);

  async function* bytes(): AsyncGenerator<Uint8Array> {
    const file = await opened(url, path);
    try {
      const { size, mtimeMs } = await file.stat();
      for (;;) {
        const part = Buffer.allocUnsafeSlow(PART);
        const { bytesRead } = await file.read(part, 0, PART);
        if (bytesRead === 0) break;
        yield bytesRead === PART ? part : part.subarray(0, bytesRead);
      }
      const after = await file.stat();
      if (after.size !== size || after.mtimeMs !== mtimeMs) throw changedMidway(url);
    } finally {
      await file.close();
    }
  }

  return {
    place: url,
    bytes,
    async open() {
      const file = await opened(url, path);
      const { size, mtimeMs } = await file.stat();
      return {
        size,
        async read(from, to) {
          const part = Buffer.allocUnsafeSlow(to - from);
          let filled = 0;
          while (filled < part.length) {
            const { bytesRead } = await file.read(part, filled, part.length - filled, from + filled);
            if (bytesRead === 0) throw changedMidway(url);
            filled += bytesRead;
          }
          return part;
        },
        async close() {
          const after = await file.stat();
          await file.close();
          if (after.size !== size || after.mtimeMs !== mtimeMs) throw changedMidway(url);
        },
      };
    },
  };
}

function pathOf(url: string): string {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(url)) return url;
  if (/^file:\/\//i.test(url)) return fileURLToPath(url);
  throw configError(
    `/url is ${JSON.stringify(url)} but must be a path, as /provider/storage is "local"; for a web server say "HTTPS".`,
  );
}

const REASONS: Readonly<Record<string, string | undefined>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};

async function opened(url: string, path: string): Promise<FileHandle> {
  try {
    const file = await open(path);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw Object.assign(new Error("not a file"), { code: "EISDIR" });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
    const where = path.startsWith("/") ? "" : ` (from ${process.cwd()})`;
    throw configError(`/url is ${JSON.stringify(url)}, which cannot be read: ${reason}${where}.`, { cause, code });
  }
}
