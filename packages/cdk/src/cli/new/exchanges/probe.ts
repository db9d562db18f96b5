import { configError } from "../../../errors.ts";
import { printJson } from "../../../json/print.ts";
import type { Exchange, SentBody, SentRequest } from "./exchange.ts";
import { jsonOf } from "./har.ts";

/** Seconds that an answer may take. */
const PATIENCE = 30;

/** Sends a request once, as it is. Throws a config error where no answer comes. */
export async function probe(request: SentRequest): Promise<Exchange> {
  const { method, url, headers, body } = request;
  try {
    const answer = await fetch(url, {
      method,
      headers: [...headers].filter(
        ([name]) => !["content-length", "accept-encoding", "host", "connection"].includes(name),
      ),
      signal: AbortSignal.timeout(PATIENCE * 1000),
      ...(body === undefined ? {} : { body: textOf(body) }),
    });
    return {
      request,
      answer: { status: answer.status, headers: new Map(answer.headers), body: jsonOf(await answer.text()) },
    };
  } catch (error) {
    const { cause } = error as Error; // what fetch throws is one
    const why = cause instanceof Error ? cause.message : String(error);
    throw configError(`${url.origin}${url.pathname} does not answer: ${why}`, { cause: error });
  }
}

function textOf(body: SentBody): string {
  if (body.kind === "json") return printJson(body.value);
  return body.kind === "form" ? new URLSearchParams([...body.value]).toString() : body.text;
}
