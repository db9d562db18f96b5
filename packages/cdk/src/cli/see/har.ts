import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Watcher } from "../run/watcher.ts";
import { watchExchanges, type SeenExchange } from "./exchange-log.ts";
import { isSecretHeader } from "./scrub.ts";

const MOST = 1 << 20; // bytes of a body that are kept

/**
 * Writes all exchanges into a file of the HTTP Archive format, version 1.2, as they come; it is in its place when the verb has
 * ended. Secrets are `****`, by their value and by the names of headers.
 */
export function recordHar(path: string, mask: (text: string) => string): Watcher {
  const place = resolve(path);
  const part = join(dirname(place), `.${basename(place)}.${process.pid}`);
  const file = openSync(part, "w");
  let isFirst = true;
  writeSync(file, `{"log":{"version":"1.2","creator":{"name":"ferry","version":"1"},"entries":[`);
  return {
    transport: watchExchanges({
      keep: MOST,
      onEnd(exchange) {
        writeSync(file, `${isFirst ? "" : ","}\n${mask(JSON.stringify(entryOf(exchange)))}`);
        isFirst = false;
      },
    }),
    async end() {
      await new Promise((turn) => setImmediate(turn)); // the last body may still be unpacked
      writeSync(file, "\n]}}\n");
      closeSync(file);
      try {
        renameSync(part, place);
      } catch (error) {
        rmSync(part, { force: true });
        throw error;
      }
    },
  };
}

function entryOf({ request, status, headers, startedAt, waited, took, bytes, body, error }: SeenExchange): object {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) pairs.push([headers[index]!, headers[index + 1]!]);
  const type = valueOf(pairs, "content-type") ?? "";
  const isText = /json|text|xml|csv|urlencoded|javascript|^$/i.test(type);
  const requestPairs = Object.entries(request.headers);
  return {
    startedDateTime: startedAt.toISOString(),
    time: took,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: requestPairs.map(headerOf),
      queryString: [...queryOf(request.url)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: request.body === undefined ? 0 : Buffer.byteLength(request.body),
      ...(request.body === undefined
        ? {}
        : {
            postData: {
              mimeType: valueOf(requestPairs, "content-type") ?? "",
              text: typeof request.body === "string" ? request.body : Buffer.from(request.body).toString(),
            },
          }),
    },
    response: {
      status: status ?? 0,
      statusText: error ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs.map(headerOf),
      content: {
        size: body.length,
        mimeType: type,
        text: isText ? body.toString() : body.toString("base64"),
        ...(isText ? {} : { encoding: "base64" }),
      },
      redirectURL: valueOf(pairs, "location") ?? "",
      headersSize: -1,
      bodySize: bytes,
    },
    cache: {},
    timings: { send: 0, wait: waited, receive: Math.max(0, took - waited) },
  };
}

const headerOf = ([name, value]: readonly [string, string]): object => ({
  name,
  value: isSecretHeader(name) ? "****" : value,
});

function valueOf(pairs: readonly (readonly [string, string])[], name: string): string | undefined {
  return pairs.find(([each]) => each.toLowerCase() === name)?.[1];
}

const queryOf = (url: string): URLSearchParams => new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "");
