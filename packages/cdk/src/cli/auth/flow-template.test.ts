import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { renderFlowTemplate } from "./flow-template.ts";
import { createState, flowValues } from "./flow-values.ts";

const values = new Map([
  ["client_id_key", "client_id"],
  ["client_id_value", "me"],
  ["client_secret_value", "s&t"],
  ["redirect_uri_value", "http://127.0.0.1:1/a b"],
  ["state_value", "abc"],
  ["odd", "{{client_id_value}}"],
]);

test.each([
  ["plain", "plain"],
  ["{{client_id_key}}={{ client_id_value }}", "client_id=me"],
  ["{{ nothing }}!", "!"],
  ["{{ redirect_uri_value | urlencode }}", "http%3A%2F%2F127.0.0.1%3A1%2Fa+b"],
  ["{{redirect_uri_value | urlEncode}}", "http%3A%2F%2F127.0.0.1%3A1%2Fa+b"],
  ["{{ {{redirect_uri_value}} | urlEncoder}}", "http%3A%2F%2F127.0.0.1%3A1%2Fa+b"],
  ["x={{{{redirect_uri_value}} | urlEncoder}}&y", "x=http%3A%2F%2F127.0.0.1%3A1%2Fa+b&y"],
  ["{{ 'a%2Fb' | urlDecoder }}", "a/b"],
  ["Basic {{ (client_id_value ~ ':' ~ client_secret_value) | b64encode }}", "Basic bWU6cyZ0"],
  ["Basic {{ {{ client_id_value }}:{{ client_secret_value }} | base64Encoder }}", "Basic bWU6cyZ0"],
  ["{{ 'bWU=' | base64Decoder }}", "me"],
  ["{{ state_value | codechallengeS256 }}", createHash("sha256").update("abc").digest("base64url")],
  ["{{ {{state_value}} | codeChallengeS256 }}", createHash("sha256").update("abc").digest("base64url")],
  ["{{ client_secret_value | urlencode | b64encode }}", Buffer.from("s%26t").toString("base64")],
  ["{{ odd }}", "{{client_id_value}}"],
])("%s comes to %s", (template, expected) => {
  expect(renderFlowTemplate(template, values, "consent_url")).toBe(expected);
});

test.each([
  ["{{ a | rot13 }}", "there is no filter `rot13`"],
  ["{{ a b }}", "b is out of place"],
  ["{{ (a }}", ") is missing"],
  ["{{ }}", "it is empty"],
  ["{{ a[0] }}", "[ is out of place"],
])("%s is not understood", (template, problem) => {
  expect(() => renderFlowTemplate(template, values, "consent_url")).toThrow(
    `The manifest's consent_url has the template ${template}, which is not understood: ${problem}`,
  );
});

const signIn = {
  clientId: "me",
  clientSecret: "s",
  redirectUri: "http://x/y",
  state: "abc",
  verifier: "v",
  code: "c/1",
};

test("variables are there by key, as value and as parameter, under the API's own names", () => {
  const input = { client_id_key: "app_id", auth_code_key: "auth_code", scope: "a b", optional_scope: "z" };
  const all = Object.fromEntries(flowValues(input, { subdomain: "acme" }, signIn));
  expect(all).toMatchObject({
    subdomain: "acme",
    app_id: "me",
    client_id_key: "app_id",
    client_id_value: "me",
    client_id_param: "app_id=me",
    auth_code_param: "auth_code=c/1",
    redirect_uri_param: "redirect_uri=http%3A%2F%2Fx%2Fy",
    scope_param: "scope=a+b",
    scopes_param: "scope=a+b",
    state: "abc",
    state_value: "abc",
    optional_scope: "z",
  });
});

test.each([
  [{}, "a b"],
  [{ scopes_join_strategy: "comma" }, "a,b"],
  [{ scopes_join_strategy: "plus" }, "a+b"],
])("scopes are joined as %j says, and count more than scope", (strategy, expected) => {
  const scopes = [{ scope: "a" }, { scope: "b" }];
  const all = flowValues({ ...strategy, scope: "z", scopes, optional_scopes: [{ scope: "o" }] }, {}, signIn);
  expect([all.get("scope_value"), all.get("scopes_value"), all.get("optional_scopes_param")]).toEqual([
    expected,
    expected,
    "optional_scopes=o",
  ]);
});

test.each([
  [{}, 64],
  [{ state: { min: 100, max: 128 } }, 100],
  [{ state: { min: 7, max: 24 } }, 24],
])("a state for %j has %i letters", (input, length) => {
  expect(createState(input)).toHaveLength(length);
  expect(createState(input)).toMatch(/^[\w.-]+$/);
});
