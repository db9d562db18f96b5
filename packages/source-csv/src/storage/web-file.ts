import { mkdtemp, open as openPath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configError, get, type JsonObject, type SourceRun } from "ferry-cdk";
import { localFile } from "./local-file.ts";
import type { OpenFile, StoredFile } from "./stored-file.ts";
import { createAsk } from "./web-ask.ts";
import { readOn } from "./web-read.ts";
import { assertSame, rangeOf, versionOf } from "./web-version.ts";

/** What is asked for, and how. */
export interface WebTarget {
  readonly url: string;
  /** The URL as it may be shown. */
  readonly place: string;
  /** The headers of a request, signed where it must be. */
  headers(headers: Readonly<Record<string, string>>): Record<string, string>;
  /** What an answer that is an error says, and what can be done about it. */
  explain(status: number, body: string): string | undefined;
}

/** A file on a web server. Name and password in its URL are sent as Basic authentication. */
export function webTarget(url: string, provider: JsonObject, run: SourceRun): WebTarget {
  const isUrl = /^https?:\/\//i.test(url) && URL.canParse(url);
  if (!isUrl)
    throw configError(
      `/url is ${JSON.stringify(url)} but must begin with https:// or http://, as /provider/storage is "HTTPS".`,
    );
  const whole = new URL(url);
  const user = decodeURIComponent(whole.username);
  const password = decodeURIComponent(whole.password);
  if (password !== "") run.secret(password);
  whole.username = whole.password = "";
  const own = {
    ...(get(provider, "user_agent") === true ? { "User-Agent": "ferry-source-csv" } : {}),
    ...(user + password === ""
      ? {}
      : { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` }),
  };
  return {
    url: user + password === "" ? url : whole.href,
    place: `${whole.origin}${whole.pathname}`, // what a query holds may be a key
    headers: (headers) => ({ ...own, ...headers }),
    explain: (status) =>
      status === 401 || status === 403 ? "check that the URL is public, or signed and not expired" : undefined,
  };
}

const FIRST = 64 * 1024;

export function webFile(target: WebTarget, run: SourceRun): StoredFile {
  const ask = createAsk(target, run);
  const bytes = (): AsyncGenerator<Uint8Array> => readOn(ask, target.place, run);

  /** Any part of it, where the server gives parts; else of a copy. */
  async function open(): Promise<OpenFile> {
    const response = await ask({ Range: `bytes=0-${FIRST - 1}` });
    const range = rangeOf(response);
    if (response.status !== 206 || range?.total === undefined) {
      await response.discard();
      return copied(bytes(), target.place, run);
    }
    const version = versionOf(response);
    const { total } = range;
    const first = Buffer.from(await response.bytes());
    return {
      size: total,
      async read(from, to) {
        if (to <= first.length) return first.subarray(from, to);
        const parts: Uint8Array[] = [];
        const limits = { from, to, version };
        for await (const part of readOn(ask, target.place, run, limits)) parts.push(part);
        return Buffer.concat(parts);
      },
      async close() {
        const last = await ask({ Range: `bytes=0-0` });
        assertSame(version, versionOf(last), target.place);
        await last.discard();
      },
    };
  }
  return { place: target.place, bytes, open };
}

/** A copy on this machine, gone when it is closed. */
async function copied(bytes: AsyncIterable<Uint8Array>, place: string, run: SourceRun): Promise<OpenFile> {
  run.log.info(`${place}: the server gives no parts of files, so it is copied to ${tmpdir()} first.`);
  const folder = await mkdtemp(join(tmpdir(), "ferry-copy-"));
  try {
    const path = join(folder, "copy");
    const file = await openPath(path, "w");
    try {
      for await (const part of bytes) await file.write(part);
    } finally {
      await file.close();
    }
    const copy = await localFile(path).open();
    return {
      ...copy,
      async close() {
        await copy.close();
        await rm(folder, { recursive: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}
