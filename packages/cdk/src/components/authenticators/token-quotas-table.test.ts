import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isConnectorError } from "../../errors.ts";
import { headersOf } from "../../http/headers.ts";
import { prepareRequest } from "../../http/prepare.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpRequest, HttpResponse } from "../../http/types.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

type Call = [path: string, status: number, headers: Record<string, string>];
interface Result {
  readonly token?: string;
  readonly alternative?: boolean;
  readonly error?: string;
  readonly waits: readonly number[];
}

/** With which token the reference sent, and how long it waited; see make-token-quotas.py. */
interface Row extends JsonObject {
  spec: JsonObject & { type: string };
  /** For each time that a token's quotas are asked for: the answers by token. */
  status: JsonObject[];
  /** A request and its answer, or seconds that pass. */
  steps: Json[];
  results: Json[];
}

// The table's shape is known from the script that writes it.
const table = parseJson(readFileSync("test/tables/token-quotas.json", "utf8")) as {
  now: string;
  rows: Row[];
} & JsonObject;

const { setImmediate } = globalThis;
let waited = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"], now: new Date(table.now) });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(table.rows.map((row, index) => [index, row] as const))("row %i of the reference", async (_, row) => {
  const asked = new Map<string, number>();
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const token = request.headers["Authorization"]!.replace("Bearer ", "");
    const count = asked.get(token) ?? 0;
    asked.set(token, count + 1);
    const [status, body] = row.status[Math.min(count, row.status.length - 1)]![token] as [number, Json];
    return answer(request, status, {}, printJson(body));
  };
  const { component } = buildForTest("authenticator", row.spec, {
    components,
    within: { name: "users", url: "http://mock.test" },
    run: { send },
  });
  const results: (Result | null)[] = [];
  for (const step of row.steps) {
    if (typeof step === "number") {
      vi.advanceTimersByTime(step * 1000);
      results.push(null);
    } else results.push(await call(component, step as unknown as Call));
  }
  const expected = JSON.parse(printJson(row.results)) as (Result | null)[]; // its script's shape
  expect(results).toEqual(expected.map((result) => result && summed(result)));
});

/** One wait may be made of several. */
const summed = ({ waits, ...result }: Result): Result => ({
  ...result,
  waits: [Number(waits.reduce((sum, wait) => sum + wait, 0).toFixed(1))],
});

async function call(authenticator: Authenticator, [path, status, headers]: Call): Promise<Result> {
  waited = 0;
  const asked = prepareRequest({ method: "GET", url: `http://mock.test${path}` });
  const result = await ahead(async (): Promise<Omit<Result, "waits">> => {
    try {
      const request = await authenticator.apply(asked);
      authenticator.observe!(request, answer(request, status, headers, ""));
      return {
        token: request.headers["Authorization"]!.replace("Bearer ", ""),
        alternative: authenticator.hasAlternative!(request),
      };
    } catch (error) {
      return { error: isConnectorError(error) ? error.failureType : "system_error" };
    }
  });
  return summed({ ...result, waits: [waited] });
}

/** Does something while all that waits is given the time it waits for. */
async function ahead<T>(work: () => Promise<T>): Promise<T> {
  let done = false;
  const result = work().finally(() => (done = true));
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (vi.getTimerCount() === 0) continue;
    const before = Date.now();
    vi.advanceTimersToNextTimer();
    if (Date.now() === before) vi.advanceTimersByTime(1); // the clock has no parts of a millisecond
    waited += (Date.now() - before) / 1000;
  }
  return result;
}

function answer(request: HttpRequest, status: number, headers: Record<string, string>, body: string): HttpResponse {
  const head = { request, status, url: request.url, headers: headersOf(Object.entries(headers)), fromCache: false };
  return createResponse(head, Buffer.from(body));
}
