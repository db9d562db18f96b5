import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseJson, printJson, type Json, type JsonObject } from "ferry-cdk";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answer } from "../packages/cdk/src/cli/serve/answer.ts";
import type { EndpointName } from "../packages/cdk/src/cli/serve/endpoints.ts";
import { openApi } from "../packages/cdk/src/cli/serve/openapi.ts";
import { loadManifest } from "../packages/cdk/src/manifest/load.ts";
import { BASE, loadCase } from "./comparison/case.ts";
import { serveCassette } from "./comparison/cassette.ts";
import { canonical, difference } from "./comparison/canonical.ts";
import { bareSchemas, maskedAs, normalAnswer } from "./comparison/manifest-server.ts";

/** A question about a case, and what the reference's server answers; see make-manifest-server.py. */
interface Row {
  readonly case: string;
  readonly endpoint: EndpointName;
  /** What the request says beside manifest and config. */
  readonly more: JsonObject;
  /** Members that the manifest is given. */
  readonly wishes: readonly string[];
  readonly status: number;
  readonly answer?: Json;
}

const table = parseJson(
  readFileSync(process.env["MANIFEST_SERVER_TABLE"] ?? new URL("tables/manifest-server.json", import.meta.url), "utf8"),
) as unknown as {
  readonly cases: readonly Row[];
  readonly wrong: readonly { endpoint: EndpointName; body: string; status: number; answer: Json }[];
  readonly openapi: Json;
}; // the script made it so
const names = [...new Set(table.cases.map((row) => row.case))];
const never = new AbortController().signal;

// As with the cases: only the clock stands still, timers run.
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  // What is loaded when it is first needed is loaded here, so that no case waits for it.
  await answer({ endpoint: "resolve", body: '{"manifest": {}}' }, never);
}, 60_000);
afterAll(() => void vi.useRealTimers());

test.each(names)("%s is answered as the reference's server does", async (name) => {
  const made = loadCase(name);
  vi.setSystemTime(made.now);
  const differences: string[] = [];
  for (const row of table.cases.filter((each) => each.case === name)) {
    await using server = await serveCassette(made.cassette, false);
    const manifest = loadManifest(made.manifest, "manifest.yaml");
    for (const wish of row.wishes) manifest[wish] = true;
    const config = row.endpoint === "resolve" ? {} : { config: made.config };
    const body = printJson({ manifest, ...config, ...row.more }).replaceAll(BASE, server.url);
    const reply = await answer({ endpoint: row.endpoint, body }, never, async () => undefined);
    const said = normalAnswer(parseJson(reply.body.replaceAll(server.url, BASE)));
    const shown = row.endpoint.endsWith("resolve") ? { sha256: digest(said) } : said;
    const differs =
      reply.status !== row.status
        ? `status ${reply.status}, not ${row.status}: ${reply.body.slice(0, 300)}`
        : row.status === 200 && difference(maskedAs(shown, row.answer ?? null), shown);
    if (differs) differences.push(`${row.endpoint} ${printJson(row.more)}: ${differs}`);
  }
  expect(differences).toEqual([]);
});

test.each(table.wrong)("$endpoint refuses $body", async ({ endpoint, body, status, answer: said }) => {
  const reply = await answer({ endpoint, body }, never);
  expect([reply.status, parseJson(reply.body)]).toEqual([status, said]);
});

test("the OpenAPI document has the reference's paths, and its models with their fields and limits", () => {
  const { openapi, paths, components } = parseJson(JSON.stringify(openApi())) as JsonObject;
  const shown = bareSchemas({ openapi: openapi!, paths: paths!, components: components! });
  expect(difference(table.openapi, shown)).toBeUndefined();
});

function digest(value: Json): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}
