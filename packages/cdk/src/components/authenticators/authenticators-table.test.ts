import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { isConnectorError } from "../../errors.ts";
import { prepareRequest } from "../../http/prepare.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { startServer, text, type ReceivedRequest, type TestServer } from "../../testing/index.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

const HOST = "http://mock.test";

/** What the reference did with an authenticator; see make-authenticators.py. */
interface Row extends JsonObject {
  about: string;
  spec: JsonObject & { type: string };
  config: JsonObject;
  answers: [number, string][];
  /** A request to sign, a refresh, or seconds that pass. */
  steps: (number | "apply" | "refresh")[];
  results: JsonObject | (JsonObject | null)[];
  asked: JsonObject[];
  controls: JsonObject[];
  asksOften: boolean;
}

// The table's shape is known from the script that writes it.
const table = parseJson(readFileSync("test/tables/authenticators.json", "utf8")) as {
  now: string;
  rows: Row[];
} & JsonObject;

const mended = { error: "config_error" };

/** Where Ferry does otherwise on purpose, and why. */
const otherwise: readonly (readonly [why: string, about: RegExp, results: (row: Row) => Row["results"]])[] = [
  [
    "a duration that has no end is told before the first login",
    /^Session: a token that holds for a broken month$/,
    () => ({ unbuilt: "" }),
  ],
  ["a key that does not fit is the user's to mend", /^JWT: (?:key|the secret|a passphrase for)/, onlyErrors],
  ["a key that goes nowhere is not sent at all by the reference", /^ApiKey: an empty header$/, () => ({ unbuilt: "" })],
  ["so are credentials that are missing", /^Legacy: (?:nothing|a token that is not, no login)$/, onlyErrors],
];

function onlyErrors({ results }: Row): Row["results"] {
  return isObject(results)
    ? results
    : results.map((result) => (result !== null && "error" in result ? mended : result));
}

/** What the reference fails on and Ferry does: see the tests of the single authenticators. */
const ELSEWHERE =
  /^JWT: (?:payload: numeric iss|header: numeric kid|the secret '(?:12345|1e5)')$|^Session: a token that holds for a month$/;

let server: TestServer;
let answers: readonly [number, string][];
let before: number;
beforeAll(async () => {
  server = await startServer(() => {
    const [status, body] = answers[Math.min(server.requests.length - before, answers.length) - 1]!;
    return text(body, { status, headers: { "content-type": "application/json" } });
  });
});
afterAll(() => server.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(table.now) });
  vi.spyOn(Math, "random").mockReturnValue(0); // no wait between tries
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const rows = table.rows.filter(({ about }) => !ELSEWHERE.test(about));
test.each(rows.map((row, index) => [`${index} ${row.about}`, row] as const))("%s", async (_, row) => {
  answers = row.answers;
  before = server.requests.length;
  const expected = otherwise.find(([, about]) => about.test(row.about))?.[2](row) ?? row.results;
  const here = <Value extends Json>(value: Value) => parseJson(printJson(value).replaceAll(HOST, server.url)) as Value;
  const build = () =>
    buildForTest("authenticator", here(row.spec), {
      components,
      config: here(row.config),
      within: { name: "users", url: server.url },
    });
  if (isObject(expected)) {
    expect(build).toThrow();
    return;
  }
  const { component, messages } = build();
  const results: Json[] = [];
  for (const step of row.steps) results.push(await take(component, step).catch(failureOf));
  expect(results.map(comparable)).toEqual(expected.map(comparable));
  const asked = server.requests.slice(before).map(seen);
  expect(row.asksOften ? unique(asked) : asked).toEqual(row.asked.map(here));
  const controls = messages.map((message) => message.type === "CONTROL" && message.control.connectorConfig?.config);
  expect(controls).toEqual(row.controls.map(here));
});

async function take(authenticator: Authenticator, step: number | "apply" | "refresh"): Promise<Json> {
  if (typeof step === "number") {
    vi.setSystemTime(Date.now() + step * 1000);
    return null;
  }
  if (step === "refresh") {
    await authenticator.refresh?.();
    return null;
  }
  const request = prepareRequest({ method: "GET", url: `${HOST}/data` });
  const { params = {}, form = {}, json = {} } = (await authenticator.options?.()) ?? {};
  const { headers } = await authenticator.apply(request);
  const added = Object.fromEntries(Object.entries(headers).filter(([name]) => !(name in request.headers)));
  const parts = Object.entries({ params, form, json }).filter(([, part]) => printJson(part) !== "{}");
  return { headers: added, ...Object.fromEntries(parts) };
}

/**
 * Blanks at the ends of a header's value do not reach a server. Two signatures by an ECDSA or PSS key never are the same.
 */
const comparable = (result: Json): Json =>
  parseJson(
    printJson(result)
      .replace(/(?<=[a-z]) +"/g, '"')
      .replace(/(?<="[\w-]+": ?") +/g, "")
      .replace(/(eyJhbGciOiJ[FQ]Uz[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+/g, "$1"),
  );

const unique = (asked: readonly JsonObject[]): JsonObject[] =>
  [...new Set(asked.map((each) => printJson(each)))].map((each) => parseJson(each) as JsonObject);

const failureOf = (error: unknown): Json => {
  if (!isConnectorError(error)) throw error;
  return { error: error.failureType };
};

const USUAL = new Set(["user-agent", "accept-encoding", "accept", "connection", "content-length", "host"]);

function seen({ method, target, headers, body }: ReceivedRequest): JsonObject {
  const own = Object.entries(headers).filter(([name]) => !USUAL.has(name));
  return { method, target, headers: Object.fromEntries(own), body: body.toString() };
}
