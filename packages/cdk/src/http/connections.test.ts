import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { json } from "../testing/replies.ts";
import { startServer } from "../testing/server.ts";
import { credentialsOf } from "./connections.ts";
import { isPrivateAddress } from "./private-networks.ts";
import { openHttp } from "./send.ts";
import type { HttpResponse } from "./types.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
const signal = new AbortController().signal;
function ask(url: string, environment: Record<string, string>): Promise<HttpResponse> {
  const { send, close } = openHttp(environment);
  open.push(close);
  return send({ method: "GET", url, headers: {} }, { signal });
}
const kindOf = (error: unknown): unknown =>
  (error as { kind?: unknown; code?: unknown }).kind ?? (error as { code?: unknown }).code;
async function listen(server: Server): Promise<number> {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  open.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A proxy that forwards and tunnels, and notes what it was asked for. */
async function startProxy(): Promise<{ url: string; asked: string[]; credentials: (string | undefined)[] }> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const note = (request: IncomingMessage): void => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    credentials.push(request.headers["proxy-authorization"]);
  };
  const server = createServer((request, response) => {
    note(request);
    const headers = { ...request.headers };
    delete headers["proxy-authorization"];
    httpRequest(request.url ?? "", { headers }, (answer) =>
      answer.pipe(response.writeHead(answer.statusCode ?? 0)),
    ).end();
  });
  server.on("connect", (request, socket) => {
    note(request);
    const [host = "", port] = (request.url ?? "").split(":");
    if (host === "refused.test") return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
  });
  return { url: `127.0.0.1:${await listen(server)}`, asked, credentials };
}

test("plain requests are forwarded by the proxy, but for hosts that NO_PROXY names", async () => {
  await using server = await startServer(() => json({ ok: 1 }));
  const proxy = await startProxy();
  const response = await ask(`${server.url}/x?y=1`, { HTTP_PROXY: `http://us%40er:pass@${proxy.url}` });
  expect(await response.json()).toEqual({ ok: 1 });
  expect(proxy.asked).toEqual([`GET ${server.url}/x?y=1`]);
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("us@er:pass").toString("base64")}`]);
  await ask(server.url, { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.0/8" });
  expect(proxy.asked.length).toBe(1);
});

test("a tunnel that the proxy refuses is a failure of the proxy", async () => {
  const proxy = await startProxy();
  const error: unknown = await ask("https://refused.test/", { https_proxy: proxy.url }).catch((each: unknown) => each);
  expect([kindOf(error), proxy.asked]).toEqual(["proxy", ["CONNECT refused.test:443"]]);
});

test("an abort ends the wait for a tunnel", async () => {
  const stop = new AbortController();
  const server = createServer().on("connect", (_, socket) => {
    open.push(() => socket.destroy());
    stop.abort(new Error("stopped"));
  });
  const { send, close } = openHttp({ HTTPS_PROXY: `127.0.0.1:${await listen(server)}` });
  open.push(close);
  const sent = send({ method: "GET", url: "https://slow.test/", headers: {} }, { signal: stop.signal });
  await expect(sent).rejects.toThrow("stopped");
});

test("where there is no proxy, the failure names it", async () => {
  const server = createServer();
  const proxy = `127.0.0.1:${await listen(server)}`;
  await new Promise((resolve) => server.close(resolve));
  await expect(ask("https://a.test/", { HTTPS_PROXY: `http://me:hidden@${proxy}` })).rejects.toThrow(
    `The connection failed (http://${proxy}): connect ECONNREFUSED`,
  );
});

test.each([
  ["socks5://me:hidden@127.0.0.1:1", "socks5://127.0.0.1:1"],
  ["http://me:hidden@proxy:port", "http://proxy:port"],
])("%s is no proxy that can be used", async (proxy, shown) => {
  const sent = ask("http://a.test/", { HTTP_PROXY: proxy });
  await expect(sent).rejects.toThrow(`cannot be used: "${shown}" must look like http://host:port`);
});

test("credentials of a proxy with a percent sign of their own are sent as they are", () => {
  const sent = credentialsOf(new URL("http://me:100%@proxy"));
  expect(sent).toBe(`Basic ${Buffer.from("me:100%").toString("base64")}`);
});

const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"]);
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasOpenssl)("a server's own authority is trusted where the environment names it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ferry-ca-"));
  open.push(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    cert,
    ...subject,
  ];
  execFileSync("openssl", made, { stdio: "ignore" });
  const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.end("{}"),
  );
  const url = `https://127.0.0.1:${await listen(server)}/`;
  expect(kindOf(await ask(url, {}).catch((error: unknown) => error))).toBe("tls");
  for (const name of ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]) {
    expect(await (await ask(url, { [name]: cert })).json()).toEqual({});
  }
  expect(await (await ask(url, { REQUESTS_CA_BUNDLE: folder })).json()).toEqual({});
  const proxy = await startProxy();
  let connected = 0;
  let resumed = 0;
  server.on("secureConnection", (socket: TLSSocket) => {
    connected++;
    if (socket.isSessionReused()) resumed++;
  });
  for (const environment of [{}, { HTTPS_PROXY: proxy.url }]) {
    const { send, close } = openHttp({ REQUESTS_CA_BUNDLE: cert, ...environment });
    open.push(close);
    const asked = async (): Promise<string> => (await send({ method: "GET", url, headers: {} }, { signal })).text();
    expect([await asked(), await asked()]).toEqual(["{}", "{}"]); // over one connection
    expect(await Promise.all([asked(), asked()])).toEqual(["{}", "{}"]); // of which one is new
  }
  expect(proxy.asked).toEqual([url, url].map((each) => `CONNECT ${each.slice(8, -1)}`));
  expect([connected, resumed]).toEqual([4, 2]);
  const secureProxy = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
  secureProxy.on("connect", (_, socket) => void socket.end("HTTP/1.1 407 Credentials needed\r\n\r\n"));
  const secureUrl = `https://localhost:${await listen(secureProxy)}`;
  await expect(ask("https://a.test/", { REQUESTS_CA_BUNDLE: cert, HTTPS_PROXY: secureUrl })).rejects.toThrow("407");
  await expect(ask(url, { REQUESTS_CA_BUNDLE: "/nowhere.pem" })).rejects.toThrow("REQUESTS_CA_BUNDLE names");
});

test.each([
  ["http://api.example.com/", "invalid-scheme"],
  ["https://127.0.0.1/", "private-network"],
  ["https://localhost/", "private-network"],
  ["https://[::1]/", "private-network"],
  ["https://10.0.0.1:8443/", "private-network"],
])("in the cloud %s is refused: %s", async (url, kind) => {
  expect(kindOf(await ask(url, { DEPLOYMENT_MODE: "cloud" }).catch((error: unknown) => error))).toBe(kind);
});

test.each([
  ["8.8.8.8", false],
  ["172.32.0.1", false],
  ["172.31.255.255", true],
  ["169.254.169.254", true],
  ["2606:4700::1111", false],
  ["fd00::1", true],
  ["::ffff:8.8.8.8", false],
  ["::ffff:10.8.8.8", true],
])("%s is private: %j", (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});
