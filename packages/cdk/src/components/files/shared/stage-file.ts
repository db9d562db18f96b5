import { randomUUID } from "node:crypto";
import { mkdir, open, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { systemError } from "../../../errors.ts";
import { set, type JsonObject } from "../../../json/value.ts";
import type { FileReference } from "../../../roles.ts";

/**
 * Writes a file below the folder as its bytes arrive. Two files of one name in one run both stay: the second lies under
 * another name, though it keeps its relative path, as the destination is to name it.
 */
export async function stageFile(
  folder: string,
  stream: string,
  name: string | undefined,
  bytes: AsyncIterable<Uint8Array>,
): Promise<FileReference> {
  const relative = relativePath(stream, name);
  const { path, file } = await create(join(folder, relative));
  let size = 0;
  let whole = false;
  try {
    for await (const part of bytes) {
      await file.writeFile(part);
      size += part.length;
    }
    whole = true;
  } finally {
    await file.close();
    if (!whole) await rm(path, { force: true });
  }
  return { stagingFileUrl: path, sourceFileRelativePath: relative, fileSizeBytes: size };
}

/** Where the file would lie; it is not written, as a connector builder shows records only. The record gets its path. */
export function nameFile(folder: string, record: JsonObject, stream: string, name: string | undefined): FileReference {
  const relative = relativePath(stream, name);
  set(record, "source_file_relative_path", relative);
  return { stagingFileUrl: join(folder, relative), sourceFileRelativePath: relative, fileSizeBytes: -1 };
}

/** The path as Python's `Path` joins it: no empty parts, no end in a slash. It may not lead out of the stream's folder. */
function relativePath(stream: string, name: string | undefined): string {
  const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "" && part !== ".");
  const parts = partsOf(name ?? "");
  if (parts.includes("..")) {
    throw systemError(
      `Stream ${stream}: the filename_extractor makes the path "${name}", which leads out of the stream's folder by "..".`,
      { stream, code: "path-outside" },
    );
  }
  return [...partsOf(stream), ...(parts.length === 0 ? [randomUUID()] : parts)].join("/");
}

interface Created {
  readonly path: string;
  readonly file: FileHandle;
}

async function create(path: string): Promise<Created> {
  await mkdir(dirname(path), { recursive: true });
  try {
    return { path, file: await open(path, "wx") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  // A file of an earlier run is overwritten, as in the reference.
  if ((await stat(path)).mtimeMs < performance.timeOrigin) return { path, file: await open(path, "w") };
  const { dir, name, ext } = parse(path);
  const other = join(dir, `${name}-${randomUUID()}${ext}`);
  return { path: other, file: await open(other, "wx") };
}
