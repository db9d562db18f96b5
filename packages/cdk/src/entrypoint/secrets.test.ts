import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import type { JsonObject } from "../json/value.ts";
import { createSecrets, secretsOf } from "./secrets.ts";

const secret = { type: "string", airbyte_secret: true };
const found: [string, unknown, string, string[]][] = [
  ["at the root", { properties: { a: secret, b: {} } }, '{"a":"s1","b":"open"}', ["a=s1"]],
  ["deep down", { properties: { a: { properties: { b: secret } } } }, '{"a":{"b":"s1"}}', ["a.b=s1"]],
  [
    "in a list",
    { properties: { a: { items: { properties: { b: secret } } } } },
    '{"a":[{"b":"s1"},{"b":"s2"}]}',
    ["a.0.b=s1", "a.1.b=s2"],
  ],
  [
    "a whole list",
    { properties: { a: { airbyte_secret: true } } },
    '{"a":["s1",{"b":"s2"},3]}',
    ["a.0=s1", "a.1.b=s2", "a.2=3"],
  ],
  [
    "of an alternative",
    { properties: { a: { oneOf: [{ properties: { b: secret } }, { properties: { c: secret } }] } } },
    '{"a":{"c":"s1"}}',
    ["a.c=s1"],
  ],
  [
    "by reference",
    { properties: { a: { $ref: "#/definitions/s" } }, definitions: { s: secret } },
    '{"a":"s1"}',
    ["a=s1"],
  ],
  [
    "in a schema that holds itself",
    { $ref: "#/definitions/n", definitions: { n: { properties: { s: secret, next: { $ref: "#/definitions/n" } } } } },
    '{"s":"s1","next":{"s":"s2"}}',
    ["s=s1", "next.s=s2"],
  ],
  ["of a map", { additionalProperties: secret }, '{"x":"s1"}', ["x=s1"]],
  [
    "a number",
    { properties: { a: { type: "integer", airbyte_secret: true } } },
    '{"a":12345678901234567890}',
    ["a=12345678901234567890"],
  ],
  ["absent, null or no text", { properties: { a: secret, b: secret, c: secret } }, '{"b":null,"c":true}', []],
  ["not marked", { properties: { a: { airbyte_secret: false } } }, '{"a":"s1"}', []],
];
test.each(found)("secrets %s", (_, schema, config, expected) => {
  const secrets = secretsOf(schema as JsonObject, parseJson(config) as JsonObject);
  expect(secrets.map(({ path, value }) => `${path}=${value}`)).toEqual(expected);
});

const masks: [string[], string, string][] = [
  [[], "nothing", "nothing"],
  [["a-b/c_d~e.f#g&h"], "(a-b/c_d~e.f#g&h)", "(****)"],
  [["hunter2"], "the password hunter2, again hunter2", "the password ****, again ****"],
  [["abcd", "abcdefgh"], "abcdefgh abcd", "**** ****"],
  [["a+b/c d&e"], "q=a%2Bb%2Fc%20d%26e&r=a%2Bb%2Fc+d%26e", "q=****&r=****"],
  [["pass word?"], "http://x/pass%20word?", "http://x/****"],
  [["s3cr3t!"], `Basic ${Buffer.from("s3cr3t!").toString("base64")}`, "Basic ****=="],
  [['quo"te\\n'], JSON.stringify({ a: 'quo"te\\n' }), '{"a":"****"}'],
  [["line1\nline2"], JSON.stringify(["line1\nline2"]), '["****"]'],
  [["pässwörd"], '"p\\u00e4ssw\\u00f6rd" p%C3%A4ssw%C3%B6rd pässwörd', '"****" **** ****'],
  [["it's (my) k*y!"], "k=it%27s%20%28my%29%20k%2Ay%21 it's+(my)+k*y%21 'it\\'s (my) k*y!'", "k=**** **** '****'"],
  [["a/b=c"], "x?k=a%2fb%3dc a\\/b=c a/b%3Dc", "x?k=**** **** ****"],
  [['quo"te\\n'], JSON.stringify(JSON.stringify({ a: 'quo"te\\n' })), '"{\\"a\\":\\"****\\"}"'],
  [["smile😀"], '"smile\\ud83d\\ude00" smile%F0%9F%98%80 smile😀', '"****" **** ****'],
  [["abc"], "abc abcd xabc abc-d é_abc (abc)", "**** abcd xabc ****-d é_abc (****)"],
  [["1"], "page 1 of 10, a1", "page **** of 10, a1"],
  [[".*"], "a .* b", "a **** b"],
  [["  padded  "], "padded", "****"],
  [["", "ab"], "a b", "a b"],
];
test.each(masks)("%j hide in %s", (values, text, expected) => {
  const secrets = createSecrets();
  for (const value of values) secrets.add(value);
  expect(secrets.mask(text)).toBe(expected);
});

test.each(["x", "xy", "xyz"])("a secret stays hidden in the base64 of a longer text (%s before it)", (before) => {
  const secrets = createSecrets();
  secrets.add("correct horse battery");
  const shown = secrets.mask(Buffer.from(`${before}:correct horse battery`).toString("base64"));
  expect(shown).toContain("****");
  expect(Buffer.from(shown.replace("****", ""), "base64").toString()).not.toMatch(/horse|batt/);
});

test("a secret named later is hidden from then on", () => {
  const secrets = createSecrets();
  secrets.add("first");
  expect(secrets.mask("first second")).toBe("**** second");
  secrets.add("second");
  expect(secrets.mask("first second")).toBe("**** ****");
});
