import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSend } from "../../http/send.ts";
import { json, startServer, status, type ReceivedRequest, type Reply, type TestServer } from "../../testing/index.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { publish } from "./publish.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-publish-"));
beforeAll(() => {
  writeFileSync(join(folder, "manifest.yaml"), "version: 7.0.0\n");
  writeFileSync(join(folder, "metadata.yaml"), "data: { name: Orders, documentationUrl: https://docs.test }\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

const WORKSPACE = "11111111-2222-3333-4444-555555555555";
const ID = "99999999-2222-3333-4444-555555555555";
const uuid = { type: "string", pattern: "^[0-9a-f-]{36}$" };
const text = { type: "string" };
const object = (properties: Record<string, object>, required: readonly string[] = Object.keys(properties)): object => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const made = { name: text, dockerRepository: text, dockerImageTag: text, documentationUrl: text };
/** What the platform's OpenAPI document says of the bodies that are sent. */
const bodies: Readonly<Record<string, object>> = {
  "/api/v1/applications/token": { ...object({ client_id: text, client_secret: text }), additionalProperties: true },
  "/api/v1/source_definitions/list_for_workspace": object({ workspaceId: uuid }),
  "/api/v1/source_definitions/create_custom": object({ workspaceId: uuid, sourceDefinition: object(made) }),
  "/api/v1/source_definitions/update": object({
    workspaceId: uuid,
    sourceDefinitionId: uuid,
    name: text,
    dockerImageTag: text,
  }),
  "/api/v1/source_definition_specifications/get": object({ workspaceId: uuid, sourceDefinitionId: uuid }),
  "POST sources": object(made, ["name", "dockerRepository", "dockerImageTag"]),
  "PUT sources": object({ name: text, dockerImageTag: text }),
};
const ajv = new Ajv();

interface Known {
  id: string;
  name: string;
  dockerRepository: string;
  dockerImageTag: string;
  custom?: boolean;
}

/** A platform with both of its APIs, which refuses what its document does not allow. */
async function startPlatform(known: Known[] = [], failure?: string): Promise<TestServer> {
  const internal = ({ id, ...rest }: Known): object => ({ sourceDefinitionId: id, ...rest });
  const external = ({ id, name, dockerRepository, dockerImageTag }: Known): object => ({
    id,
    name,
    dockerRepository,
    dockerImageTag,
  });
  function answer({ path, method, headers, ...request }: ReceivedRequest): Reply {
    const body = method === "GET" ? undefined : (request.json() as Record<string, unknown>);
    const inPublic = path.startsWith("/api/public/v1/workspaces/");
    const schema = bodies[inPublic ? `${method} sources` : path];
    if (body !== undefined && schema !== undefined && !ajv.validate(schema, body)) {
      const validationErrors = [{ propertyPath: "body", message: ajv.errorsText() }];
      return json({ message: "The received object did not pass validation", validationErrors }, { status: 422 });
    }
    if (path.endsWith("/applications/token")) {
      return body?.["client_secret"] === "sesame" ? json({ access_token: "t" }) : status(401);
    }
    if (headers["authorization"] !== "Bearer t") return json({ message: "Unauthorized" }, { status: 401 });
    if (path === "/api/public/v1/workspaces") return json({ data: [{ workspaceId: WORKSPACE, name: "Team" }] });
    if (!JSON.stringify([path, body]).includes(WORKSPACE)) {
      return json({ message: "Could not find the workspace" }, { status: 404 });
    }
    const change = (over: Partial<Known>): Known => ({ ...known[0]!, ...over });
    const create = (over: object): Known => ({ id: ID, custom: true, ...(over as Omit<Known, "id">) });
    if (inPublic && method === "GET") return json({ data: known.map(external) });
    if (inPublic) return json(method === "PUT" ? change(body!) : create(body!));
    if (path.endsWith("list_for_workspace")) return json({ sourceDefinitions: known.map(internal) });
    if (path.endsWith("create_custom")) return json(internal(create(body!["sourceDefinition"] as object)));
    if (path.endsWith("update")) return json(internal(change(body!)));
    if (failure !== undefined)
      return json({ jobInfo: { succeeded: false, failureReason: { externalMessage: failure } } });
    return json({ jobInfo: { succeeded: true }, connectionSpecification: { properties: { token: {}, start: {} } } });
  }
  return startServer(answer);
}

async function run(platform: TestServer, over: Partial<Parameters<typeof publish>[0]> = {}): Promise<string> {
  const terminal = fakeTerminal("terminal");
  await publish(
    {
      target: folder,
      tag: "r.test/team/source-orders:1.2.0",
      ...{ platform: undefined, base: "node", insecure: false, push: false, format: undefined, name: undefined },
      ...{ url: platform.url, api: "config", workspace: "Team", send: createSend({}) },
      env: { AIRBYTE_CLIENT_ID: "me", AIRBYTE_CLIENT_SECRET: "sesame" },
      signal: new AbortController().signal,
      ...over,
    },
    terminal,
  );
  return terminal.out();
}

const orders = {
  id: ID,
  name: "Orders",
  dockerRepository: "r.test/team/source-orders",
  dockerImageTag: "1.1.0",
  custom: true,
};

test.each([
  ["config", [], "✓ Orders created as"],
  ["public", [], "✓ Orders created as"],
  ["config", [orders], "✓ Orders updated as"],
  ["public", [orders], "✓ Orders updated as"],
  ["config", [{ ...orders, dockerImageTag: "1.2.0" }], "✓ Orders unchanged as"],
] as const)("by the %s API, where there is %j: %s", async (api, known, expected) => {
  await using platform = await startPlatform([...known]);
  const out = await run(platform, { api });
  expect(out).toContain(`${expected} ${ID}, r.test/team/source-orders:1.2.0`);
  expect(out).toContain(
    api === "config" ? "the platform got its spec: token, start" : "the public API does not tell the spec",
  );
});

test("a token and a workspace's id are taken as they are; programs get JSON", async () => {
  await using platform = await startPlatform();
  const out = await run(platform, { env: { AIRBYTE_TOKEN: "t" }, workspace: WORKSPACE, format: "json" });
  expect(JSON.parse(out)).toMatchObject({ workspaceId: WORKSPACE, done: "created", definition: { id: ID } });
  expect(platform.requests.map(({ path }) => path).filter((path) => /token|workspaces$/.test(path))).toEqual([]);
});

test.each([
  [{ env: { AIRBYTE_CLIENT_ID: "me", AIRBYTE_CLIENT_SECRET: "wrong" } }, /no token for the client me: it answered 401/],
  [{ env: { AIRBYTE_TOKEN: "old" } }, /\(401, Unauthorized\)\. Is the token of this instance/],
  [{ env: {} }, /Set AIRBYTE_TOKEN, or AIRBYTE_CLIENT_ID/],
  [{ workspace: "Taem" }, /There is no workspace "Taem"\. Did you mean Team\?/],
  [{ workspace: ID }, /refuses POST \/source_definitions\/list_for_workspace \(404, Could not find the workspace\)/],
  [
    { name: "Stripe" },
    /has a source named "Stripe" already, of the image airbyte\/source-stripe:5\.0\.0: choose another name/,
  ],
  [{ tag: "source-orders:1" }, /names no image: it does not say which registry/],
  [{ url: "http://127.0.0.1:9" }, /Airbyte at http:\/\/127\.0\.0\.1:9 cannot be asked/],
])("%j is refused", async (over, message) => {
  const stripe = { id: WORKSPACE, name: "Stripe", dockerRepository: "airbyte/source-stripe", dockerImageTag: "5.0.0" };
  await using platform = await startPlatform([{ ...stripe, custom: false }]);
  await expect(run(platform, over)).rejects.toThrow(message);
});

test("an image that gives the platform no spec is told with the platform's reason", async () => {
  await using platform = await startPlatform([], "the pod was evicted");
  await expect(run(platform)).rejects.toThrow(
    "got no spec from it: the pod was evicted. Try it with ferry image test.",
  );
});
