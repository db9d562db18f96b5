import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { isConnectorError } from "../../errors.ts";
import { httpFailure } from "../../http/failure.ts";
import { headersOf } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpRequest, HttpResponse, Resolution } from "../../http/types.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { propagateParameters } from "../../manifest/parameters.ts";
import type { RequestOptions } from "../../roles.ts";
import { createMatcher } from "../budgets/shared/matcher.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { scopeForTest } from "../shared/scope-for-test.ts";

// The types are those of make-requester.py, which made the table by running the reference.
type Spec = JsonObject & { type: string };
type Answer = readonly [status: number, headers: Readonly<Record<string, string>>, body: string];
type Verdict = readonly [Resolution["action"], string | null, string | number | null] | { error: string };
const table = parseJson(
  readFileSync(new URL("../../../../../test/tables/requester.json", import.meta.url), "utf8"),
) as unknown as {
  config: JsonObject;
  now: number;
  answers: readonly Answer[];
  headers: readonly (string | null)[];
  calls: readonly (readonly [string, string, Record<string, string>])[];
  requests: readonly { spec: Spec; token: string | null; extra: JsonObject; expected: JsonObject }[];
  handlers: readonly { spec: Spec; expected: readonly Verdict[] }[];
  retries: readonly { max_retries: Json; expected: number | { error: string } }[];
  strategies: readonly { spec: Spec; expected: readonly Json[] | { error: string } }[];
  matchers: readonly { spec: JsonObject; expected: readonly (number | null)[] | { error: string } }[];
};
const inputs = { components, config: table.config };
const titled = <R extends object>(rows: readonly R[]): [string, R][] =>
  rows.map((row) => [printJson({ ...row, expected: null }).slice(0, 300), row]);
const failed = (expected: unknown): boolean => typeof expected === "object" && expected !== null && "error" in expected;

function answer([status, headers, body]: Answer, request?: HttpRequest): HttpResponse {
  const url = "https://u:p@h.test/a?api_key=1#f";
  const asked = request ?? { method: "GET", url, headers: {} };
  const head = { request: asked, status, url, headers: headersOf(Object.entries(headers)), fromCache: false };
  return createResponse(head, Buffer.from(body));
}

describe("requests", () => {
  const usual = /^(?:user-agent: ferry|accept: \*\/\*|accept-encoding: gzip)/i;
  const shown = ({ method, url, headers, body }: HttpRequest): Json => ({
    method,
    url,
    headers: Object.fromEntries(Object.entries(headers).filter((header) => !usual.test(header.join(": ")))),
    body: typeof body === "string" ? body : null,
  });
  const optionsOf = (extra: JsonObject): RequestOptions => ({
    params: get(extra, "request_params") as JsonObject,
    headers: get(extra, "request_headers") as JsonObject,
    form: get(extra, "request_body_data") as JsonObject,
    json: get(extra, "request_body_json") as JsonObject,
  });
  const slice = {
    partition: { id: 5, name: "p/q" },
    interval: { start: "2024-01-01", end: "2024-02-01" },
    extra: { more: "extra", list: [1, 2] },
  };

  test.each(titled(table.requests))("%s", async (_, { spec, token, extra, expected }) => {
    const sent: HttpRequest[] = [];
    const send = (request: HttpRequest): Promise<HttpResponse> => {
      sent.push(request);
      return Promise.resolve(answer([200, {}, "{}"], request));
    };
    const path = get(extra, "path");
    const run = async (): Promise<void> => {
      const requester = buildForTest("requester", spec, { ...inputs, run: { send } }).component;
      const context = { slice, token: token ?? undefined };
      await requester.send(context, [optionsOf(extra)], typeof path === "string" ? path : undefined);
    };
    if (get(expected, "error") === "InvalidHeader" && printJson(spec).includes('" lead"')) {
      await run(); // blanks around a header's value are no reason to fail
      expect(sent[0]?.headers["X-A"]).toBe("lead");
    } else if (failed(expected)) await expect(run()).rejects.toThrow();
    else {
      await run();
      expect(shown(sent[0]!)).toEqual(expected);
    }
  });
});

describe("error handlers", () => {
  /** A message that the manifest does not give is in our own words. */
  const isOwn = (spec: Spec, message: string): boolean =>
    /^(?:HTTP Status|Response was not|Unexpected)/.test(message) && !printJson(spec).includes(message);

  test.each(titled(table.handlers))("%s", async (_, { spec, expected }) => {
    const handler = buildForTest("errorHandler", propagateParameters(spec) as Spec, inputs).component;
    for (const [index, given] of table.answers.entries()) {
      const wanted = expected[index]!;
      const make = async (): Promise<unknown> => {
        const { action, failureType, message } = await handler.interpret(answer(given));
        return [given, action, failureType ?? null, message ?? null];
      };
      if ("error" in wanted) await expect(make()).rejects.toThrow();
      else {
        const [action, failureType, text] = wanted;
        const message = text === null || text === "" ? null : String(text); // a template may come to a number
        const said = message !== null && isOwn(spec, message) ? (expect.any(String) as unknown) : message;
        expect(await make()).toEqual([given, action, failureType, said]);
      }
    }
  });

  test.each(titled(table.retries))("%s", (_, { max_retries, expected }) => {
    const make = (): unknown =>
      buildForTest("errorHandler", { type: "DefaultErrorHandler", max_retries }, inputs).component.maxRetries;
    if (failed(expected)) expect(make).toThrow("max_retries");
    else expect(make()).toBe(expected);
  });
});

describe("backoff strategies", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test.each(titled(table.strategies))("%s", async (_, { spec, expected }) => {
    vi.useFakeTimers({ now: table.now * 1000, toFake: ["Date"] });
    vi.spyOn(Math, "random").mockReturnValue(0);
    if (!Array.isArray(expected)) {
      expect(() => buildForTest("backoffStrategy", spec, inputs)).toThrow();
      return;
    }
    const strategy = buildForTest("backoffStrategy", spec, inputs).component;
    const waits: unknown[] = [];
    const ask = async (outcome: Parameters<typeof strategy>[0], attempt: number): Promise<void> => {
      try {
        const seconds = await strategy(outcome, attempt);
        waits.push(seconds === Infinity ? "inf" : (seconds ?? null));
      } catch (error) {
        waits.push({ error: isConnectorError(error) ? error.failureType : "other" });
      }
    };
    for (const [index, value] of table.headers.entries()) {
      const body = JSON.stringify({ wait: index % 2 === 0 ? value : index });
      await ask(answer([429, value === null ? {} : { "X-Wait": value }, body]), (index % 4) + 1);
    }
    await ask(httpFailure("connect", "x"), 1);
    expect(waits).toEqual((expected as readonly Json[]).map(plain));
  });

  /** An exception that the reference does not foresee is a system error. */
  const plain = (value: Json): unknown => {
    if (isObject(value)) return get(value, "error") === "ValueError" ? { error: "system_error" } : value;
    return value === null || typeof value === "string"
      ? value
      : Number(typeof value === "object" ? (value as unknown as { value: number }).value : value);
  };
});

test.each(titled(table.matchers))("requests that match %s", (_, { spec, expected }) => {
  const make = (): unknown => {
    const matcher = createMatcher(spec, scopeForTest(inputs));
    return table.calls.map(([method, url, headers]) => matcher({ method, url, headers }) ?? null);
  };
  if (failed(expected)) expect(make).toThrow("weight");
  else expect(make()).toEqual(expected);
});

test("the table is there", () => {
  expect(entries(table as unknown as JsonObject).length).toBe(10);
});
