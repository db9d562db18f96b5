import { gzipSync } from "node:zlib";
import { sign } from "aws4";
import type { JsonObject } from "ferry-cdk";
import { cut, gzip, startServer, status, text, type ReceivedRequest, type Reply } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { failure, NAME, readAll, run, withFile } from "./run-file-for-test.ts";
import { zip } from "./zip-for-test.ts";

const body = `id,name\n${Array.from({ length: 30_000 }, (_, id) => `${id},name ${id}\n`).join("")}`;
const ids = Array.from({ length: 30_000 }, (_, id) => id);
const columns = { properties: { id: { type: "integer" }, name: { type: "string" } } };
const web = (url: string, more: JsonObject = {}): JsonObject => ({ url, provider: { storage: "HTTPS" }, ...more });

/** The part of a content that a request asks for, as a good server gives it. */
function part(content: string | Buffer, { headers }: ReceivedRequest, tag: string | undefined): Reply {
  const bytes = Buffer.from(content);
  const named = tag === undefined ? {} : { etag: tag };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers["range"] ?? "") ?? [];
  if (from === undefined || (headers["if-range"] ?? tag) !== tag) return text(bytes, { headers: named });
  const end = to === "" ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  const range = `bytes ${from}-${end - 1}/${bytes.length}`;
  return text(bytes.subarray(Number(from), end), { status: 206, headers: { ...named, "content-range": range } });
}

async function idsRead(url: string): Promise<unknown[]> {
  const read = await run("read", web(url), columns);
  expect(read.exitCode).toBe(0);
  return read.records(NAME).map(({ id }) => id);
}

test("a read that breaks off goes on by a Range of the same version", async () => {
  await using server = await startServer({
    "/x.csv": (request, count) => (count < 2 ? cut(part(body, request, '"v1"'), 100_000) : part(body, request, '"v1"')),
  });
  expect(await idsRead(`${server.url}/x.csv`)).toEqual(ids);
  expect(server.requests.map(({ headers }) => [headers["range"], headers["if-range"]])).toEqual([
    [undefined, undefined],
    ["bytes=100000-", '"v1"'],
    ["bytes=200000-", '"v1"'],
  ]);
});

test.each([
  ["the server gives no parts", { etag: '"v1"' }],
  ["the tag is weak", { etag: 'W/"v1"' }],
  ["nothing names the version", {}],
])("a read that breaks off begins again, and sends nothing twice: %s", async (_, headers) => {
  await using server = await startServer({
    "/x.csv": (__, count) => (count < 2 ? cut(text(body, { headers }), 100_000) : text(body, { headers })),
  });
  expect(await idsRead(`${server.url}/x.csv`)).toEqual(ids);
  expect(server.requests).toHaveLength(3);
});

test("an answer that is compressed on its way begins again", async () => {
  const headers = { etag: '"v1"' };
  await using server = await startServer({
    "/x.csv": (_, count) => (count === 0 ? cut(gzip(text(body, { headers })), 30_000) : gzip(text(body, { headers }))),
  });
  expect(await idsRead(`${server.url}/x.csv`)).toEqual(ids);
  expect(server.requests[1]!.headers).not.toHaveProperty("range");
});

const other = body.replace("name 7", "eman 7");
test.each<[string, (request: ReceivedRequest, count: number) => Reply]>([
  [
    "ETag",
    (request, count) => (count === 0 ? cut(part(body, request, '"v1"'), 100_000) : part(other, request, '"v2"')),
  ],
  [
    "Last-Modified",
    (_, count) => {
      const headers = { "last-modified": `Wed, 0${count + 1} Jan 2025 00:00:00 GMT` };
      return count === 0 ? cut(text(body, { headers }), 100_000) : text(other, { headers });
    },
  ],
  ["content", (_, count) => (count === 0 ? cut(text(body), 100_000) : text(other))],
  ["length", (_, count) => (count === 0 ? cut(text(body), 100_000) : text(body.slice(0, -10)))],
])("a file whose %s changes midway is an error, no mix", async (_, answer) => {
  await using server = await startServer({ "/x.csv": answer });
  const read = await run("read", web(`${server.url}/x.csv`), columns);
  expect(read.exitCode).toBe(1);
  expect(read.statuses(NAME)).toEqual(["STARTED", "RUNNING", "INCOMPLETE"]);
  const { error } = read.of("TRACE").find(({ trace }) => trace.type === "ERROR")!.trace;
  expect(error).toMatchObject({ failure_type: "transient_error" });
  expect(error!.message).toContain("was changed while it was read");
});

test("an answer that time mends is asked for again", async () => {
  await using server = await startServer({
    "/x.csv": (_, count) => (count === 0 ? status(503) : count === 1 ? cut(text("a\n1\n"), 0) : text("a\n1\n")),
  });
  expect((await readAll(web(`${server.url}/x.csv`))).records).toEqual([{ a: 1 }]);
});

test("packed files, with parts and without", async () => {
  const archive = zip({ "__MACOSX/._x.csv": "", "x.csv": body });
  await using server = await startServer({
    "/x.csv.gz": text(gzipSync(body)),
    "/parts.zip": (request) => part(archive, request, '"v1"'),
    "/whole.zip": text(archive),
    "/two.zip": text(zip({ "a.csv": "a\n1\n", "b.csv": "b\n2\n" })),
    "/none.zip": text(zip({})),
    "/cut.gz": text(gzipSync(body).subarray(0, 1000)),
  });
  expect(await idsRead(`${server.url}/x.csv.gz`)).toEqual(ids);
  expect(await idsRead(`${server.url}/parts.zip`)).toEqual(ids);
  expect(await idsRead(`${server.url}/whole.zip`)).toEqual(ids);
  const two = web(`${server.url}/two.zip`);
  expect(await failure(two)).toMatch(/a zip archive of 2 files: name one in .*zip_member. They are "a.csv", "b.csv"/);
  expect((await readAll({ ...two, reader_options: { zip_member: "b.csv" } })).records).toEqual([{ b: 2 }]);
  expect(await failure({ ...two, reader_options: { zip_member: "c.csv" } })).toMatch(
    /zip_member is "c.csv", which is not/,
  );
  expect(await failure({ ...two, reader_options: { compression: "gzip" } })).toMatch(
    /compression is "gzip", but the file/,
  );
  expect(await failure(web(`${server.url}/none.zip`))).toContain("a zip archive that is empty");
  expect(await failure(web(`${server.url}/cut.gz`))).toMatch(/which cannot be unpacked: its gzip data is broken/);
});

test.each<[string, Reply | undefined, RegExp]>([
  ["404", status(404), /^\/url is "http:.*\/x.csv", which the server does not have: it answers 404\.$/],
  [
    "403",
    status(403),
    /^\/url is ".*", which the server refuses to give: it answers 403 \(check that the URL is public/,
  ],
  ["400", status(400), /: the server answers 400\.$/],
  ["an empty file", text(""), /^\/url is ".*", which is empty/],
  ["a page", text("<html>"), /is no CSV but a web page/],
])("%s", async (_, reply, message) => {
  await using server = await startServer({ "/x.csv": reply! });
  expect(await failure(web(`${server.url}/x.csv?key=secret`))).toMatch(message);
});

test("no server, no secure one, no URL", async () => {
  await using server = await startServer(() => status(200));
  const closed = await startServer(() => status(200));
  await closed.close();
  const tls = `${server.url.replace("http:", "https:")}/x.csv`;
  const [nobody, insecure, none] = await Promise.all([
    failure(web(closed.url)),
    failure(web(tls)),
    failure(web("x.csv")),
  ]);
  expect(nobody).toMatch(/which cannot be read: The connection failed/);
  expect(insecure).toMatch(/no secure connection could be made[^]*NODE_EXTRA_CA_CERTS/);
  expect(none).toBe('/url is "x.csv" but must begin with https:// or http://, as /provider/storage is "HTTPS".');
});

test("name and password in the URL are sent, and not shown", async () => {
  await using server = await startServer({
    "/x.csv": ({ headers }) =>
      headers["authorization"] === `Basic ${Buffer.from("me:p@ss").toString("base64")}` ? text("a\n1\n") : status(401),
  });
  const url = server.url.replace("//", "//me:p%40ss@");
  const { records } = await readAll(web(`${url}/x.csv`, { provider: { storage: "HTTPS", user_agent: true } }));
  expect(records).toEqual([{ a: 1 }]);
  expect(server.requests[0]!.headers["user-agent"]).toBe("ferry-source-csv");
  expect(await failure(web(`${url.replace("p%40ss", "wrong")}/x.csv`))).not.toContain("wrong");
});

const keys = { accessKeyId: "AKIA", secretAccessKey: "s3cr3t/key", sessionToken: "token" };

/** Whether a request is signed as aws4 would sign it. */
function isSigned({ target, headers }: ReceivedRequest): boolean {
  const names = /SignedHeaders=([^,]*)/.exec(headers["authorization"] ?? "")?.[1]?.split(";") ?? [];
  const signed = sign(
    {
      service: "s3",
      region: "eu-central-1",
      method: "GET",
      path: target,
      headers: Object.fromEntries(names.map((name) => [name, headers[name]!])),
      extraHeadersToInclude: { "accept-encoding": true, range: true },
    } as Parameters<typeof sign>[0], // its types are older than it
    keys,
  );
  return (signed.headers as Record<string, string>)["Authorization"] === headers["authorization"];
}

test("S3: requests are signed, parts are asked for, errors are explained", async () => {
  const error = (code: string, number: number): Reply =>
    text(`<Error><Code>${code}</Code></Error>`, { status: number });
  await using server = await startServer((request, count) => {
    if (request.path.startsWith("/public/")) return error("AccessDenied", 403);
    if (!isSigned(request)) return error("SignatureDoesNotMatch", 403);
    if (request.path.endsWith("/none.csv")) return error("NoSuchKey", 404);
    const reply = part(body, request, '"v1"');
    return count === 1 ? cut(reply, 50_000) : reply;
  });
  const provider = {
    storage: "S3",
    endpoint: server.url,
    region: "eu-central-1",
    aws_access_key_id: keys.accessKeyId,
    aws_secret_access_key: keys.secretAccessKey,
    aws_session_token: keys.sessionToken,
  };
  const { records } = await readAll({ url: "s3://bucket/a folder/é+(1)'*!.csv", provider });
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(server.requests.map(({ target }) => target)).toContain("/bucket/a%20folder/%C3%A9%2B%281%29%27%2A%21.csv");
  expect(server.requests.at(-1)!.headers["range"]).toBe("bytes=50000-");
  expect(await failure({ url: "bucket/none.csv", provider })).toMatch(
    /"s3:\/\/bucket\/none.csv".* 404 \(NoSuchKey: there is no such key/,
  );
  const wrong = { ...provider, aws_secret_access_key: "wrong" };
  expect(await failure({ url: "bucket/x.csv", provider: wrong })).toMatch(
    /403 \(SignatureDoesNotMatch: .*aws_secret_access_key/,
  );
  const nobody = { storage: "S3", endpoint: server.url };
  expect(await failure({ url: "public/x.csv", provider: nobody })).toMatch(
    /AccessDenied: state \/provider\/aws_access_key_id/,
  );
  expect(await failure({ url: "x.csv", provider })).toMatch(/^\/url is "x.csv" but must be s3:\/\/bucket\/key/);
  expect(await failure({ url: "b/x.csv", provider: { ...nobody, aws_access_key_id: "x" } })).toMatch(
    /aws_secret_access_key is missing/,
  );
});

test("packed files of this machine", async () => {
  const read = await withFile(zip({ "a/x.csv": "a\n1\n" }), readAll, "x.zip");
  expect(read.records).toEqual([{ a: 1 }]);
});
