import { existsSync, readFileSync } from "node:fs";
import { responseHeaders } from "../../packages/cdk/src/http/headers.ts";
import { createResponse } from "../../packages/cdk/src/http/response.ts";
import type { HttpResponse } from "../../packages/cdk/src/http/types.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";

export interface Row {
  readonly fn: string;
  readonly component: JsonObject;
  readonly args: JsonObject;
  readonly expected: Json;
  readonly test: string;
  /** The clock, where it is not the table's. */
  readonly now?: string;
}

/** The rows of a table of the reference's calls; none where the tables are not at hand. */
export function readRows(table: string): readonly Row[] {
  const file = new URL(`../../../shared/tables/${table}.json`, import.meta.url);
  // The README beside the tables tells their shape.
  return existsSync(file) ? (parseJson(readFileSync(file, "utf8")) as unknown as { rows: Row[] }).rows : [];
}

/** An answer as the tables tell it. */
export function responseOf(told: Json | undefined): HttpResponse {
  const given = isObject(told) ? get(told, "$response") : undefined;
  if (!isObject(given)) throw new Error("no $response");
  const { headers, body, base64 } = given as { headers: Record<string, string>; body?: string; base64?: string };
  const url = "http://127.0.0.1/x";
  return createResponse(
    {
      request: { method: "GET", url, headers: {} },
      status: 200,
      url,
      headers: responseHeaders(Object.entries(headers).flat()),
      fromCache: false,
    },
    base64 === undefined ? Buffer.from(body ?? "") : Buffer.from(base64, "base64"),
  );
}

/** A constructor's arguments as a manifest says them: types, `$parameters`, no nulls, templates as text. */
export function specOf(given: JsonObject): JsonObject & { type: string } {
  const type = get(given, "$type");
  const spec: JsonObject & { type: string } = { type: typeof type === "string" ? type : "" };
  for (const [key, value] of entries(given)) {
    if (key === "$type" || key === "config" || key === "decoder" || value === null) continue;
    spec[key === "parameters" ? "$parameters" : key] = valueOf(value);
  }
  return spec.type === "RequestOption" ? withParameters(spec) : spec;
}

/** A request option whose names have their parameters filled in: the tests hand them on, which what reads manifests does not. */
export function withParameters<Spec extends JsonObject>(option: Spec): Spec {
  const given = get(option, "$parameters");
  const name = get(option, "field_name");
  if (typeof name !== "string" || !isObject(given)) return option;
  const filled = name.replace(/\{\{\s*parameters\['(\w+)'\]\s*\}\}/g, (_, key: string) =>
    String(get(given, key) ?? ""),
  );
  return { ...option, field_name: filled };
}

function valueOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(valueOf);
  if (!isObject(value)) return value;
  const type = get(value, "$type");
  if (type === "InterpolatedString") return get(value, "string") ?? "";
  if (type === "InterpolatedBoolean") return get(value, "condition") ?? "";
  return type === undefined ? value : specOf(value);
}
