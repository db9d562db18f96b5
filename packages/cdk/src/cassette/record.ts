import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { codingsOf, decompress } from "../http/decompress.ts";
import { failureOf } from "../http/failure.ts";
import { responseHeaders } from "../http/headers.ts";
import type { Answer, Exchange, ExchangeOptions, HttpRequest, Transport } from "../http/types.ts";
import type { JsonObject } from "../json/value.ts";
import type { KeptFailure } from "./exchange.ts";
import { writeExchange } from "./exchange-file.ts";
import { keepBody } from "./kept-body.ts";
import { writeRecording } from "./recording-file.ts";
import { createScrubber } from "./scrub.ts";
import { tellingHeaders, tellingRequestHeaders } from "./telling-headers.ts";

/** Writes down what goes over the wire. */
export interface Recorder {
  /** Stands around the exchanges that are to be recorded. */
  readonly transport: Transport;
  /** Learns a value that must not be in the cassette; see `SourceRun.secret`. */
  readonly secret: (value: string, path?: string) => void;
  /** Learns the config that the run has, to be kept without its secrets. */
  readonly config: (config: JsonObject) => void;
  /** Writes the recording, in place of an older one of its name. Gives the number of exchanges. */
  finish(): Promise<number>;
}

export interface RecorderOptions {
  /** The cassette's folder; made where it is not there. */
  readonly folder: string;
  /** The recording within it, such as `read`. */
  readonly name: string;
}

/** An exchange as it lies in the staging folder, secrets and all, until the recording is finished. */
interface Staged {
  readonly request: Omit<HttpRequest, "body">;
  readonly stream: string | undefined;
  readonly at: number;
  milliseconds: number;
  status?: number;
  headers?: readonly string[];
  complete: boolean;
  failure?: KeptFailure | undefined;
}

/** How much of a body nobody reads is read all the same: an error's text is worth keeping. */
const UNREAD = 65_536;

/**
 * Records exchanges. Until all secrets are known, which is when the run has ended, they lie in a folder that only this
 * user can read; the cassette is written then. A run that is killed leaves no recording.
 */
export function createRecorder({ folder, name }: RecorderOptions): Recorder {
  const startedAt = Date.now();
  const scrubber = createScrubber();
  const staging = mkdtempSync(join(tmpdir(), "ferry-recording-")); // of mode 700
  const remove = (): void => rmSync(staging, { recursive: true, force: true });
  process.once("exit", remove);
  const staged = (number: number, part: "head" | "request" | "body"): string => join(staging, `${number}.${part}`);
  const unfinished = new Map<number, () => Promise<void>>();
  let count = 0;
  let config: JsonObject | undefined;

  function begin(
    request: HttpRequest,
    { origin }: ExchangeOptions,
  ): { number: number; head: Staged; end: () => Promise<void> } {
    const number = ++count;
    const { method, url, headers } = request;
    const at = Date.now();
    const head: Staged = {
      request: { method, url, headers },
      stream: origin?.stream,
      at,
      milliseconds: 0,
      complete: false,
    };
    let ended: Promise<void> | undefined;
    const end = (): Promise<void> => {
      if (ended === undefined) head.milliseconds = Date.now() - at;
      return (ended ??= writeFile(staged(number, "head"), JSON.stringify(head)).finally(() =>
        unfinished.delete(number),
      ));
    };
    unfinished.set(number, end);
    return { number, head, end };
  }

  const transport: Transport = (exchange: Exchange) => async (request, options) => {
    const { number, head, end } = begin(request, options);
    if (request.body !== undefined) await writeFile(staged(number, "request"), request.body);
    let answer: Answer;
    try {
      answer = await exchange(request, options);
    } catch (error) {
      head.failure = failureToKeep(error, request.url, false, options.signal);
      await end();
      throw error;
    }
    head.status = answer.status;
    head.complete = request.method === "HEAD" || answer.status === 204 || answer.status === 304; // they have no body
    head.headers = answer.headers;
    const body = kept(answer.body);
    return {
      ...answer,
      body,
      async discard() {
        let size = 0;
        try {
          for await (const chunk of body) if ((size += chunk.length) > UNREAD) break;
        } catch {
          // Nobody wanted to read it: that it breaks off is written down, and that is all.
        }
        await answer.discard();
      },
    };

    async function* kept(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      const file = await open(staged(number, "body"), "w");
      try {
        for await (const chunk of chunks) {
          await file.write(chunk);
          yield chunk;
        }
        head.complete = true;
      } catch (error) {
        head.failure = failureToKeep(error, request.url, true, options.signal);
        throw error;
      } finally {
        await file.close();
        await end();
      }
    }
  };

  async function finish(): Promise<number> {
    await Promise.all([...unfinished.values()].map((end) => end()));
    const target = join(folder, name);
    const partial = join(folder, `.${name}.partial`);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    try {
      for (let number = 1; number <= count; number++) await keep(number, partial);
      await writeRecording(partial, { startedAt, endedAt: Date.now(), config }, scrubber);
      await rm(target, { recursive: true, force: true });
      await mkdir(dirname(target), { recursive: true });
      await rename(partial, target);
    } finally {
      await rm(partial, { recursive: true, force: true });
      remove();
      process.off("exit", remove);
    }
    return count;
  }

  async function keep(number: number, to: string): Promise<void> {
    const head = JSON.parse(await readFile(staged(number, "head"), "utf8")) as Staged; // written by `begin`
    const file = fileName(number, { method: head.request.method, url: scrubber.text(head.request.url) });
    const requestBody = await existing(staged(number, "request"), (path) =>
      keepBody(path, scrubber, { folder: to, name: `${file}.request` }),
    );
    const body = await existing(staged(number, "body"), (path) => decoded(path, head));
    await writeExchange(to, file, {
      request: {
        method: head.request.method,
        url: scrubber.text(head.request.url),
        headers: Object.fromEntries(scrubber.headers(tellingRequestHeaders(head.request.headers))),
        body: requestBody,
      },
      response:
        head.status === undefined
          ? undefined
          : {
              status: head.status,
              headers: scrubber.headers(tellingHeaders(head.headers ?? [], head.request.method)),
              body:
                body === undefined
                  ? undefined
                  : await keepBody(body.path, scrubber, { folder: to, name: `${file}.body` }),
              complete: head.complete,
              raw: body?.raw ?? false,
            },
      failure: head.failure && { ...head.failure, message: scrubber.text(head.failure.message) },
      stream: head.stream,
      at: new Date(head.at).toISOString(),
      milliseconds: head.milliseconds,
    });
  }

  return {
    transport,
    secret: (value, path) => scrubber.secret(value, path),
    config: (given) => (config ??= given),
    finish,
  };
}

/** The body without its compression; as it came where it cannot be undone. */
async function decoded(path: string, head: Staged): Promise<{ path: string; raw: boolean }> {
  const codings = codingsOf(responseHeaders(head.headers ?? []).get("content-encoding"));
  if (codings.length === 0) return { path, raw: false };
  const plain = `${path}.plain`;
  try {
    await pipeline(decompress(createReadStream(path), codings), createWriteStream(plain));
    return { path: plain, raw: false };
  } catch {
    return { path, raw: true }; // broken off, or no such coding after all: an answer that shows how the connector bears it
  }
}

async function existing<T>(path: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
  try {
    await (await open(path)).close();
  } catch {
    return undefined; // a request without a body, an answer of which nothing was read
  }
  return await use(path);
}

/** Undefined where the run itself gave up: no fault of the server's. */
function failureToKeep(error: unknown, url: string, midway: boolean, signal: AbortSignal): KeptFailure | undefined {
  if (signal.aborted) return undefined;
  const { kind, message } = failureOf(error, url, midway);
  return { kind, message };
}

/** Such as `0001-get-v1-customers`: in the order of sending, and telling what it is. */
function fileName(number: number, { method, url }: { method: string; url: string }): string {
  const path = url.replace(/^[^:]+:\/\/[^/]*/, "").replace(/[?#].*$/s, "");
  const words = path.toLowerCase().match(/[a-z0-9_.]+/g) ?? [];
  return [
    String(number).padStart(4, "0"),
    method.toLowerCase(),
    words
      .join("-")
      .slice(-60)
      .replace(/^[-.]+/, ""),
  ]
    .filter((part) => part !== "")
    .join("-");
}
