import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { httpFailure } from "../../packages/cdk/src/http/failure.ts";
import { headersOf } from "../../packages/cdk/src/http/headers.ts";
import { createResponse } from "../../packages/cdk/src/http/response.ts";
import type { HttpFailure, HttpResponse, Resolution } from "../../packages/cdk/src/http/types.ts";
import { str } from "../../packages/cdk/src/json/python-text.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";

const file = new URL("../../../shared/tables/error_handlers.json", import.meta.url);

interface Row {
  readonly fn: string;
  readonly component: JsonObject;
  readonly args: JsonObject;
  readonly expected: Json;
}
// The README beside the table tells its shape.
const rows = existsSync(file) ? (parseJson(readFileSync(file, "utf8")) as unknown as { rows: Row[] }).rows : [];

describe.skipIf(rows.length === 0)("error handlers, as the reference's own tests call them", () => {
  test.each(rows.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, fn, row) => {
    const config = get(row.component, "config");
    const inputs = { components, config: isObject(config) ? config : {} };
    const spec = specOf(row.component);
    const outcome = outcomeOf(row.args["response_or_exception"]!);
    if (fn.endsWith(".backoff_time")) {
      const strategy = buildForTest("backoffStrategy", spec, inputs).component;
      expect(await strategy(outcome, Number(row.args["attempt_count"]))).toEqual(row.expected);
    } else if (fn === "HttpResponseFilter.matches") {
      const filter = buildForTest("responseFilter", spec, inputs).component;
      expect(shown(await filter(outcome))).toEqual(wanted(row));
    } else {
      const handler = buildForTest("errorHandler", spec, inputs).component;
      expect(shown(await handler.interpret(outcome))).toEqual(wanted(row));
    }
  });
});

const shown = (resolution: Resolution | undefined): Json =>
  resolution === undefined
    ? null
    : {
        response_action: resolution.action,
        failure_type: resolution.failureType ?? null,
        error_message: resolution.message ?? null,
      };

/** The usual message of a status, and that of a failure, are in our own words. */
function wanted({ expected, component }: Row): unknown {
  if (!isObject(expected)) return expected;
  const message = get(expected, "error_message") ?? null;
  const isOwn = typeof message === "string" && get(component, "error_message") !== message;
  const ours = isOwn && /^(?:HTTP Status Code: \d+|Response was not ok|\w+Error: )/.test(message);
  return {
    response_action: expected["response_action"],
    failure_type: expected["failure_type"],
    error_message: ours ? (expect.any(String) as unknown) : message,
  };
}

/** A constructor's arguments as a manifest says them. */
function specOf(given: JsonObject): JsonObject & { type: string } {
  const spec: JsonObject & { type: string } = { type: str(given["$type"]!) };
  for (const [key, value] of entries(given)) {
    if (key === "$type" || key === "config" || value === null) continue;
    if (key === "parameters") spec["$parameters"] = value;
    else spec[key] = manifestValue(value);
  }
  return spec;
}

function manifestValue(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(manifestValue);
  if (!isObject(value)) return value;
  const items = get(value, "$set");
  if (items !== undefined) return items;
  const string = get(value, "string");
  if (string !== undefined) return string;
  if (get(value, "condition") !== undefined) return get(value, "condition")!;
  return get(value, "$type") === undefined ? (entries(value).length === 0 ? [] : value) : specOf(value);
}

function outcomeOf(given: Json): HttpResponse | HttpFailure {
  const answer = isObject(given) ? get(given, "$response") : undefined;
  if (!isObject(answer)) return httpFailure("other", "Any error");
  const headers = entries(answer["headers"] as JsonObject).map(([name, value]) => [name, str(value)] as const);
  const head = { status: Number(answer["status"]), url: str(answer["url"] ?? ""), headers: headersOf(headers) };
  const request = { method: "GET", url: head.url, headers: {} };
  return createResponse({ ...head, request, fromCache: false }, Buffer.from(str(answer["body"] ?? "")));
}
