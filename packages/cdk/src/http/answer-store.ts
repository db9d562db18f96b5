import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemError } from "../errors.ts";
import { entries } from "../json/value.ts";
import { headersOf } from "./headers.ts";
import type { Environment } from "./proxy.ts";
import { createResponse } from "./response.ts";
import type { HttpRequest, HttpResponse } from "./types.ts";

/** Answers kept on disk as long as the process runs, in a folder under REQUEST_CACHE_PATH or the system's own. */
export interface AnswerStore {
  /** Reads an answer to its end and keeps it. */
  keep(response: HttpResponse): Promise<KeptAnswer>;
}

/** Opens a kept answer, as often as wanted. */
export type KeptAnswer = (request: HttpRequest, fromCache: boolean) => Promise<HttpResponse>;

/** Up to this size a file is written, and read, at once. */
const SMALL = 65_536;

export function createAnswerStore(environment: Environment = process.env): AnswerStore {
  let folder: string | undefined;
  let count = 0;

  function nextFile(): string {
    if (folder === undefined) {
      folder = mkdtempSync(join(environment["REQUEST_CACHE_PATH"] ?? tmpdir(), "ferry-cache-"));
      removeAtExit(folder);
    }
    return join(folder, String(count++));
  }

  return {
    async keep(response) {
      const { status, url, headers } = response;
      const head = Buffer.from(JSON.stringify({ status, url, headers: entries(headers.toObject()) }));
      const file = nextFile();
      const size = await write(file, head, response.stream());
      return async (request, fromCache) => {
        const handle = await open(file);
        const start = Buffer.alloc(Math.min(size, head.length + SMALL));
        try {
          await handle.read(start);
        } finally {
          await handle.close();
        }
        const kept = JSON.parse(start.toString("utf8", 0, head.length)) as StoredHead; // it was written above
        const body = start.subarray(head.length);
        return createResponse(
          { status: kept.status, url: kept.url, headers: headersOf(kept.headers), request, fromCache },
          size === start.length
            ? body
            : { chunks: createReadStream(file, { start: head.length }), discard: () => Promise.resolve() },
        );
      };
    },
  };
}

const folders: string[] = [];
/** One listener for the folders of all runs of the process. */
function removeAtExit(folder: string): void {
  if (folders.push(folder) > 1) return;
  process.once("exit", () => {
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });
}

interface StoredHead {
  readonly status: number;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** Writes head and body to a file, and gives its size. */
async function write(file: string, head: Uint8Array, body: AsyncIterable<Uint8Array>): Promise<number> {
  const chunks: Uint8Array[] = [head];
  let size = head.length;
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (handle === undefined && size > head.length + SMALL) {
        handle = await open(file, "w");
        await handle.writev(chunks.splice(0));
      }
      if (handle === undefined) chunks.push(chunk);
      else await handle.write(chunk);
    }
    if (handle === undefined) await writeFile(file, chunks);
  } catch (error) {
    if (error instanceof Error && "syscall" in error && "path" in error) {
      throw systemError(`An answer could not be kept in ${file}. Is there space, and may it be written?`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    await handle?.close();
  }
  return size;
}
