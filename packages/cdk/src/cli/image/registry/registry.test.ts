import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createSend } from "../../../http/send.ts";
import type { Send } from "../../../http/types.ts";
import { cut, status, text } from "../../../testing/index.ts";
import { memoryBlob, readBlob } from "../blob.ts";
import { createRegistryClient, type RegistryOptions } from "./client.ts";
import { parseChallenge } from "./authorize.ts";
import { credentialsFor } from "./credentials.ts";
import { startRegistry } from "./registry-for-test.ts";
import { openRepository, type Repository } from "./repository.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-registry-"));
afterAll(() => rmSync(folder, { recursive: true }));

const waits: number[] = [];
function open(url: string, repository: string, env: Record<string, string> = {}, chunk?: number): Repository {
  waits.length = 0;
  const options: RegistryOptions = {
    send: createSend({}),
    env: { HOME: folder, ...env },
    signal: new AbortController().signal,
    insecure: true,
    sleep: async (seconds) => void waits.push(seconds),
  };
  return openRepository(createRegistryClient(new URL(url).host, options), repository, chunk);
}
const blob = memoryBlob("text/plain", Buffer.from("hello"));

test("a blob is sent once, found then, and comes back", async () => {
  await using registry = await startRegistry();
  const repository = open(registry.url, "team/orders");
  expect(await repository.putBlob(blob)).toBe("sent");
  expect(await repository.putBlob(blob)).toBe("there");
  expect((await readBlob(repository.blob(blob.descriptor))).toString()).toBe("hello");
});

test("a blob of another repository there is mounted", async () => {
  await using registry = await startRegistry();
  await open(registry.url, "base/node").putBlob(blob);
  const { descriptor } = blob;
  const there = open(registry.url, "base/node").blob(descriptor);
  expect(await open(registry.url, "team/orders").putBlob(there)).toBe("mounted");
});

test("a large blob goes in pieces", async () => {
  await using registry = await startRegistry();
  const parts = ["aaa", "bbb", "ccc", "ddd", "e"].map((text) => Buffer.from(text));
  const whole = memoryBlob("text/plain", Buffer.concat(parts));
  async function* inParts(): AsyncGenerator<Uint8Array> {
    yield* parts;
  }
  const sent: number[] = [];
  await open(registry.url, "team/orders", {}, 5).putBlob({ ...whole, open: inParts }, (bytes) => sent.push(bytes));
  expect(sent).toEqual([6, 6, 1]);
  const ranges = registry.requests
    .filter(({ method }) => method === "PATCH")
    .map(({ headers }) => headers["content-range"]);
  expect(ranges).toEqual(["0-5", "6-11", "12-12"]);
});

test.each([
  ["a piece is cut off", [{ method: "PATCH", reply: cut(text("lost"), 0) }]],
  ["the registry lost it", [{ method: "PATCH", reply: status(404) }]],
  ["a piece does not follow the one before", [{ method: "PATCH", reply: status(416) }]],
  [
    "it is busy twice",
    [
      { method: "PATCH", reply: status(503) },
      { method: "PATCH", reply: status(429) },
    ],
  ],
  ["its end is not heard of", [{ method: "PUT", reply: cut(text("lost"), 0) }]],
] as const)("an upload begins anew where %s", async (_, lost) => {
  await using registry = await startRegistry({ lost });
  const sent: number[] = [];
  const repository = open(registry.url, "team/orders", {}, 5);
  expect(await repository.putBlob(blob, (bytes) => sent.push(bytes))).toBe("sent");
  expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(5);
  expect((await readBlob(repository.blob(blob.descriptor))).toString()).toBe("hello");
});

test("an upload that is lost again and again is given up, and told", async () => {
  await using registry = await startRegistry({ lost: Array(9).fill({ method: "PATCH", reply: status(404) }) });
  await expect(open(registry.url, "team/orders").putBlob(blob)).rejects.toThrow(
    /team\/orders: the upload of sha256:2cf24d\w+ was interrupted 4 times/,
  );
});

test("a busy registry is asked again when it says", async () => {
  await using registry = await startRegistry({ busy: 2 });
  await open(registry.url, "team/orders").putBlob(blob);
  expect(waits).toEqual([7, 7]);
});

test("a registry that is not there is said to be so", async () => {
  await expect(open("http://127.0.0.1:9", "team/orders").manifest("latest")).rejects.toThrow(
    "The registry 127.0.0.1:9 cannot be asked",
  );
  expect(waits).toEqual([1, 2, 4, 8]);
});

test.each([
  ["the environment", { FERRY_REGISTRY_USERNAME: "me", FERRY_REGISTRY_PASSWORD: "sesame" }],
  ["docker login", { DOCKER_CONFIG: join(folder, "docker") }],
])("a token is fetched with the credentials of %s", async (_, env) => {
  await using registry = await startRegistry({ user: "me:sesame" });
  const host = new URL(registry.url).host;
  mkdirSync(join(folder, "docker"), { recursive: true });
  const auth = Buffer.from("me:sesame").toString("base64");
  writeFileSync(join(folder, "docker/config.json"), JSON.stringify({ auths: { [host]: { auth } } }));
  expect(await open(registry.url, "team/orders", env).putBlob(blob)).toBe("sent");
  const asked = registry.requestsTo("/token").map(({ query }) => query.get("scope"));
  expect(asked).toEqual(["repository:team/orders:pull,push"]);
});

test("a password is shown where the registry asks for it", async () => {
  await using registry = await startRegistry({ user: "me:sesame", basic: true });
  const env = { FERRY_REGISTRY_USERNAME: "me", FERRY_REGISTRY_PASSWORD: "sesame" };
  expect(await open(registry.url, "team/orders", env).putBlob(blob)).toBe("sent");
  await expect(open(registry.url, "team/orders").putBlob(blob)).rejects.toThrow(/refuses access to team\/orders \(401/);
});

test("wrong credentials are told, with what to do", async () => {
  await using registry = await startRegistry({ user: "me:sesame" });
  const env = { FERRY_REGISTRY_USERNAME: "me", FERRY_REGISTRY_PASSWORD: "wrong" };
  await expect(open(registry.url, "team/orders", env).putBlob(blob)).rejects.toThrow(
    /refuses access to team\/orders \(401.*docker login/,
  );
});

test("what is not there is told in the registry's words", async () => {
  await using registry = await startRegistry();
  await expect(open(registry.url, "team/orders").manifest("9")).rejects.toThrow(
    /team\/orders is not there \(404, repository name not known\)/,
  );
});

test("a blob that arrives damaged is refused", async () => {
  await using registry = await startRegistry();
  registry.blobs.set(`team/orders/${blob.descriptor.digest}`, Buffer.from("hallo"));
  await expect(readBlob(open(registry.url, "team/orders").blob(blob.descriptor))).rejects.toThrow("arrived damaged");
});

test.each([
  [
    'Bearer realm="https://a/t",service="s, x",scope=pull',
    "bearer",
    { realm: "https://a/t", service: "s, x", scope: "pull" },
  ],
  ['Basic realm="x"', "basic", { realm: "x" }],
])("the challenge %s", (header, scheme, parameters) => {
  expect(parseChallenge(header)).toEqual({ scheme, parameters });
});
test("another scheme is no challenge that can be met", () => expect(parseChallenge("Negotiate abc")).toBeUndefined());

test("a credential helper is asked; one that is missing is told", async () => {
  const helper = join(folder, "docker-credential-mine");
  writeFileSync(helper, '#!/bin/sh\nread server\necho "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"s\\"}"\n', {
    mode: 0o755,
  });
  mkdirSync(join(folder, "helped"));
  const config = (content: unknown): void => writeFileSync(join(folder, "helped/config.json"), JSON.stringify(content));
  const env = { DOCKER_CONFIG: join(folder, "helped"), PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  config({ credsStore: "mine" });
  expect(await credentialsFor("r.test", env)).toEqual({ username: "r.test", password: "s" });
  config({ credHelpers: { "r.test": "mine" }, credsStore: "absent" }); // that of the registry counts
  expect(await credentialsFor("r.test", env)).toEqual({ username: "r.test", password: "s" });
  const auths = { "r.test": { auth: Buffer.from("me:a:b").toString("base64") } };
  config({ auths, credHelpers: { "other.test": "absent" } });
  expect(await credentialsFor("r.test", env)).toEqual({ username: "me", password: "a:b" });
  config({ credHelpers: { "r.test": "absent" } });
  await expect(credentialsFor("r.test", env)).rejects.toThrow(
    "docker-credential-absent gave nothing for r.test: it is not installed",
  );
  config({ auths: { "r.test": { identitytoken: "t" } } });
  expect(await credentialsFor("r.test", env)).toEqual({ identityToken: "t" });
  expect(await credentialsFor("other.test", env)).toBeUndefined();
  config({ auths: { "https://index.docker.io/v1/": { identitytoken: "hub" } } });
  expect(await credentialsFor("docker.io", env)).toEqual({ identityToken: "hub" });
});

test("Docker Hub is asked where its images are", async () => {
  const asked: string[] = [];
  const send: Send = async ({ url }) => {
    asked.push(url);
    throw new Error("no network here");
  };
  const options = { send, env: {}, signal: new AbortController().signal, insecure: false };
  const repository = openRepository(createRegistryClient("docker.io", options), "library/node");
  await expect(repository.manifest("22")).rejects.toThrow("no network here");
  expect(asked).toEqual(["https://registry-1.docker.io/v2/library/node/manifests/22"]);
});
