/** The registry that most others are made of: with a password, with tokens, and through a connection that breaks. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createSign, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { memoryBlob, readBlob, mediaTypes, jsonBlob } from "../../src/cli/image/blob.ts";
import { createRegistryClient } from "../../src/cli/image/registry/client.ts";
import { openRepository, type Repository } from "../../src/cli/image/registry/repository.ts";
import { createSend } from "../../src/http/send.ts";
import { json, startServer, status, type TestServer } from "../../src/testing/index.ts";

const missing = ["docker-registry", "openssl"].filter(
  (program) => spawnSync(program, ["version"], { stdio: "ignore" }).error !== undefined,
);
const why = missing.length === 0 ? "" : ` (not covered here: ${missing.join(", ")} is not installed)`;
const CHUNK = 2 ** 20;
/** Of "me:sesame", by bcrypt, which is all that the registry takes. */
const HTPASSWD = "me:$2b$04$GpWfflz6d7jB7GSb9Ieoze6ACEBvM.2PGfzfByMiWtbVRImmBipE2\n";
const KNOWN = { FERRY_REGISTRY_USERNAME: "me", FERRY_REGISTRY_PASSWORD: "sesame" };

describe.skipIf(missing.length > 0)(`a real registry${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "ferry-real-registry-"));
  const running: ChildProcess[] = [];
  afterEach(() => running.splice(0).forEach((child) => child.kill()));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts it; gives host and port. */
  async function start(auth: string): Promise<string> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // of TCP
    server.close();
    const name = randomBytes(4).toString("hex");
    const storage = `storage: {filesystem: {rootdirectory: ${join(folder, name)}}}`;
    const config = join(folder, `${name}.yml`);
    writeFileSync(config, `version: 0.1\n${storage}\nhttp: {addr: "${host}"}\n${auth}\n`);
    const child = spawn("docker-registry", ["serve", config], { stdio: ["ignore", "ignore", "pipe"] });
    running.push(child);
    await new Promise<void>((resolve) => {
      child.stderr.on("data", (chunk) => {
        if (String(chunk).includes("listening on")) resolve();
      });
    });
    return host;
  }

  function open(host: string, repository: string, env: Readonly<Record<string, string>> = {}): Repository {
    const send = createSend({});
    const signal = new AbortController().signal;
    const options = { send, env: { HOME: folder, ...env }, signal, insecure: true, sleep: async () => undefined };
    return openRepository(createRegistryClient(host, options), repository, CHUNK);
  }

  const bytes = randomBytes(3 * CHUNK + 17);
  const large = memoryBlob("application/octet-stream", bytes);
  const inPieces = {
    ...large,
    async *open() {
      for (let at = 0; at < bytes.length; at += CHUNK / 4) yield bytes.subarray(at, at + CHUNK / 4);
    },
  };

  /** All that a push does: a large blob, the same for another repository, a manifest; and all of it back. */
  async function roundTrip(host: string, env: Readonly<Record<string, string>>): Promise<void> {
    const [first, second] = ["team/first", "team/second"].map((name) => open(host, name, env));
    expect(await first!.putBlob(inPieces)).toBe("sent");
    expect(await first!.putBlob(inPieces)).toBe("there");
    // Of the same registry, though through another client: it is mounted, not sent again.
    const origin = { registry: host, repository: "team/first" };
    expect(await second!.putBlob({ ...inPieces, origin })).toBe("mounted");
    const config = jsonBlob(mediaTypes.config, {});
    expect(await second!.putBlob(config)).toBe("sent");
    const { mediaType, digest, size } = large.descriptor;
    const layers = [{ mediaType, digest, size }];
    const document = { schemaVersion: 2, mediaType: mediaTypes.manifest, config: config.descriptor, layers };
    const manifest = jsonBlob(mediaTypes.manifest, document);
    await second!.putManifest("1", manifest);
    expect((await second!.manifest("1")).descriptor.digest).toBe(manifest.descriptor.digest);
    expect((await readBlob(second!.blob(large.descriptor))).equals(bytes)).toBe(true);
  }

  test("with a password, as docker login leaves it", async () => {
    writeFileSync(join(folder, "htpasswd"), HTPASSWD);
    const host = await start(`auth: {htpasswd: {realm: here, path: ${join(folder, "htpasswd")}}}`);
    mkdirSync(join(folder, "docker"));
    const auths = { [host]: { auth: Buffer.from("me:sesame").toString("base64") } };
    writeFileSync(join(folder, "docker/config.json"), JSON.stringify({ auths }));
    await roundTrip(host, { DOCKER_CONFIG: join(folder, "docker") });
    const wrong = { ...KNOWN, FERRY_REGISTRY_PASSWORD: "wrong" };
    await expect(open(host, "team/first", wrong).manifest("1")).rejects.toThrow(/refuses access to team\/first \(401/);
  });

  test("with tokens, each for what is asked", async () => {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=here", "-days", "2"];
    execFileSync("openssl", ["req", ...subject, "-keyout", key, "-out", certificate], { stdio: "ignore" });
    await using issuer = await startIssuer(readFileSync(key, "utf8"), readFileSync(certificate, "utf8"));
    const settings = `realm: "${issuer.url}/token", service: registry, issuer: here, rootcertbundle: ${certificate}`;
    const host = await start(`auth: {token: {${settings}}}`);
    await roundTrip(host, KNOWN);
    const scopes = new Set(issuer.requestsTo("/token").map(({ query }) => query.get("scope")));
    expect(scopes).toContain("repository:team/second:pull,push repository:team/first:pull");
    await expect(open(host, "team/first").manifest("1")).rejects.toThrow(/refuses access to team\/first \(401/);
    await expect(open(host, "other/first", KNOWN).putBlob(large)).rejects.toThrow(/refuses access to other\/first/);
  });

  test("through a connection that breaks within a piece, the blob begins anew", async () => {
    const host = await start("");
    let left = CHUNK * 1.5; // bytes until it breaks, once
    const broken = createServer((client) => {
      const server = connect(Number(host.split(":")[1]), "127.0.0.1");
      client.on("data", (chunk) => {
        left -= chunk.length;
        if (left > 0 || left + chunk.length <= 0) return void server.write(chunk);
        client.destroy();
        server.destroy();
      });
      server.pipe(client);
      client.on("error", () => server.destroy()).on("close", () => server.destroy());
      server.on("error", () => client.destroy());
    }).listen(0, "127.0.0.1");
    await once(broken, "listening");
    try {
      const through = `127.0.0.1:${(broken.address() as AddressInfo).port}`;
      const sent: number[] = [];
      expect(await open(through, "team/first").putBlob(inPieces, (count) => sent.push(count))).toBe("sent");
      expect(sent).toContain(-CHUNK);
      expect(sent.reduce((sum, count) => sum + count, 0)).toBe(bytes.length);
      expect((await readBlob(open(host, "team/first").blob(large.descriptor))).equals(bytes)).toBe(true);
    } finally {
      broken.close();
    }
  });
});

/** Gives tokens to who knows the password, for repositories of the team. */
function startIssuer(key: string, certificate: string): Promise<TestServer> {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const x5c = [certificate.replace(/-----[^-]+-----|\s/g, "")];
  return startServer(({ headers, query }) => {
    if (headers["authorization"] !== `Basic ${Buffer.from("me:sesame").toString("base64")}`) return status(401);
    const access = query
      .getAll("scope")
      .flatMap((scope) => scope.split(" "))
      .map((scope) => scope.split(":"))
      .filter(([, name]) => name!.startsWith("team/"))
      .map(([type, name, actions]) => ({ type, name, actions: actions!.split(",") }));
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: "here", sub: "me", aud: query.get("service"), nbf: now - 9, exp: now + 99, access };
    const text = `${encoded({ typ: "JWT", alg: "RS256", x5c })}.${encoded(claims)}`;
    const signature = createSign("RSA-SHA256").update(text).sign(key, "base64url");
    return json({ token: `${text}.${signature}` });
  });
}
