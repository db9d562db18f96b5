import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { prepareRequest } from "../../packages/cdk/src/http/prepare.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { entries, get, isObject, set, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import type { Authenticator } from "../../packages/cdk/src/roles.ts";
import { readRows, specOf, type Row } from "./read-rows.ts";

const NOW = "2026-01-15T12:00:00.123Z";
const headers = readRows("auth");
const tokens = readRows("jwt");

function built(row: Row, spec: JsonObject & { type: string }): Authenticator {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(row.now ?? NOW) });
  const config = get(row.component, "config");
  return buildForTest("authenticator", spec, { components, config: isObject(config) ? config : {} }).component;
}
afterEach(() => {
  vi.useRealTimers();
});

describe.skipIf(headers.length === 0)("headers, as the reference's own tests ask for them", () => {
  test.each(headers.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, _fn, row) => {
    const spec = specOf(row.component);
    const provider = get(row.component, "token_provider");
    if (isObject(provider)) {
      delete spec["token_provider"];
      // The factory makes a provider of what a manifest says as the token.
      set(spec, "api_token", get(provider, "api_token") ?? "");
    }
    const option = get(spec, "request_option");
    if (option !== undefined) {
      delete spec["request_option"];
      set(spec, "inject_into", option);
    }
    const { headers: sent } = await built(row, spec).apply(prepareRequest({ method: "GET", url: "http://x" }));
    for (const [name, value] of entries(row.expected as JsonObject)) expect(sent[name]).toBe(value);
  });
});

/** A token's parts, and whether the key signed it. */
interface Token {
  readonly prefix: string;
  readonly text: string;
  readonly head: JsonObject;
  readonly body: JsonObject;
  signedBy(key: string): boolean;
}

async function tokenOf(row: Row): Promise<Token> {
  const { kid, typ, cty, iss, sub, aud, ...rest } = specOf(row.component);
  const given = (fields: Record<string, Json | undefined>): JsonObject =>
    Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
  const algorithm = String(rest["algorithm"]);
  const spec = {
    ...rest,
    type: "JwtAuthenticator",
    // The rows of a single method name algorithms that are none, or that the key is not for.
    algorithm: algorithm === "RS256" && String(rest["secret_key"]).startsWith("-----") ? algorithm : "HS256",
    jwt_headers: given({ kid, typ, cty }),
    jwt_payload: given({ iss, sub, aud }),
  };
  const whole = await built(row, spec).credential!();
  const [text = "", prefix = ""] = whole.split(" ").reverse();
  const [head = "", body = "", signature = ""] = text.split(".");
  const decoded = (part: string): JsonObject => parseJson(Buffer.from(part, "base64url").toString()) as JsonObject;
  return {
    prefix,
    text,
    head: decoded(head),
    body: decoded(body),
    signedBy: (key) => createHmac("sha256", key).update(`${head}.${body}`).digest("base64url") === signature,
  };
}

const calls: Readonly<Record<string, (row: Row) => Promise<void>>> = {
  "JwtAuthenticator._get_jwt_headers": async (row) =>
    // The signing library adds the type where it is left out.
    expect({ ...(await tokenOf(row)).head, alg: "" }).toEqual({ typ: "JWT", ...(row.expected as JsonObject), alg: "" }),
  "JwtAuthenticator._get_jwt_payload": async (row) => expect((await tokenOf(row)).body).toEqual(row.expected),
  "JwtAuthenticator._get_secret_key": async (row) =>
    expect((await tokenOf(row)).signedBy(String(row.expected))).toBe(true),
  "JwtAuthenticator._get_header_prefix": async (row) => expect((await tokenOf(row)).prefix).toBe(row.expected ?? ""),
  "JwtAuthenticator._get_signed_token": async (row) => expect((await tokenOf(row)).text).toBe(row.expected),
  "JwtAuthenticator.token": async (row) => expect((await tokenOf(row)).text).toBe(row.expected),
};

/** An algorithm that a manifest cannot name: the language refuses it before anything is built. */
const unsupported = ({ fn, component }: Row): boolean =>
  fn === "JwtAuthenticator._get_signed_token" && component["algorithm"] === "invalid algorithm type";

describe.skipIf(tokens.length === 0)("signed tokens, as the reference's own tests make them", () => {
  const rows = tokens.filter((row) => !unsupported(row));
  test.each(rows.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, fn, row) => {
    if (isObject(row.expected) && "$raises" in row.expected) await expect(tokenOf(row)).rejects.toThrow();
    else await calls[fn]!(row);
  });

  test("one row is left out", () => {
    expect(tokens.length - rows.length).toBe(1);
  });
});
