import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createScrubber, type Scrubber } from "../../cassette/scrub.ts";
import { bodyText } from "../../http/body-text.ts";
import { headerPairs } from "../../http/headers.ts";
import type { Watcher } from "../run/watcher.ts";
import { watchExchanges, type SeenExchange } from "./exchange-log.ts";

const MOST = 1 << 20; // bytes of a body that are kept

/**
 * Writes all exchanges into a file of the HTTP Archive format, version 1.2, as they come; it is in its place when the verb has
 * ended. Secrets are hidden as in a cassette: by their values, and by the names of headers, parameters and members that hold them.
 */
export function recordHar(path: string, mask: (text: string) => string): Watcher {
  const place = resolve(path);
  const part = join(dirname(place), `.${basename(place)}.${process.pid}`);
  const file = openSync(part, "w");
  const scrubber = createScrubber();
  let isFirst = true;
  writeSync(file, `{"log":{"version":"1.2","creator":{"name":"ferry","version":"1"},"entries":[`);
  const { transport, settled } = watchExchanges({
    keep: MOST,
    onEnd(exchange) {
      writeSync(file, `${isFirst ? "" : ","}\n${mask(JSON.stringify(entryOf(exchange, scrubber)))}`);
      isFirst = false;
    },
  });
  return {
    transport,
    async end() {
      await settled();
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

function entryOf(
  { request, status, headers, startedAt, waited, took, bytes, body, error }: SeenExchange,
  scrubber: Scrubber,
): object {
  const pairs = headerPairs(headers);
  const type = valueOf(pairs, "content-type") ?? "";
  const isText = /json|text|xml|csv|urlencoded|javascript|^$/i.test(type);
  const requestPairs = Object.entries(request.headers);
  const url = scrubber.text(request.url);
  const sent = bodyText(request);
  return {
    startedDateTime: startedAt.toISOString(),
    time: took,
    request: {
      method: request.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: headersOf(requestPairs),
      queryString: [...queryOf(url)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: request.body === undefined ? 0 : Buffer.byteLength(request.body),
      ...(sent === undefined
        ? {}
        : {
            postData: {
              mimeType: valueOf(requestPairs, "content-type") ?? "",
              text: scrubber.text(sent),
            },
          }),
    },
    response: {
      status: status ?? 0,
      statusText: error ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: headersOf(pairs),
      content: {
        size: body.length,
        mimeType: type,
        text: isText ? scrubber.text(body.toString()) : body.toString("base64"),
        ...(isText ? {} : { encoding: "base64" }),
      },
      redirectURL: valueOf(pairs, "location") ?? "",
      headersSize: -1,
      bodySize: bytes,
    },
    cache: {},
    timings: { send: 0, wait: waited, receive: Math.max(0, took - waited) },
  };

  function headersOf(all: readonly (readonly [string, string])[]): object[] {
    return scrubber.headers(all).map(([name, value]) => ({ name, value }));
  }
}

function valueOf(pairs: readonly (readonly [string, string])[], name: string): string | undefined {
  return pairs.find(([each]) => each.toLowerCase() === name)?.[1];
}

const queryOf = (url: string): URLSearchParams => new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "");
