import { expect, test } from "vitest";
import { json, text } from "../testing/replies.ts";
import { startServer } from "../testing/server.ts";
import { createCookieJar } from "./cookies.ts";
import { openHttp } from "./send.ts";

const past = "Thu, 01 Jan 1970 00:00:00 GMT";

test.each<[string, string[], string, string | undefined]>([
  ["https://h.test/a/b", ["x=1"], "https://h.test/a/c", "x=1"],
  ["https://h.test/a/b", ["x=1"], "https://h.test/b", undefined],
  ["https://h.test/a/b", ["x=1; Path=/"], "https://h.test/b", "x=1"],
  ["https://h.test/", ["x=1; path=/a"], "https://h.test/ab", undefined],
  ["https://h.test/", ["x=1", "y=2; HttpOnly"], "https://h.test/", "x=1; y=2"],
  ["https://h.test/", ["x=1", "x=2"], "https://h.test/", "x=2"],
  ["https://h.test/a", ["x=1; Path=/", "y=2; Path=/a"], "https://h.test/a", "y=2; x=1"],
  ["https://h.test/", ["x=1"], "https://sub.h.test/", undefined],
  ["https://a.h.test/", ["x=1; Domain=h.test"], "https://b.h.test/", "x=1"],
  ["https://a.h.test/", ["x=1; Domain=.h.test"], "https://h.test/", "x=1"],
  ["https://a.h.test/", ["x=1; Domain=other.test"], "https://a.h.test/", undefined],
  ["https://a.h.test/", ["x=1; Domain=test"], "https://a.h.test/", undefined],
  ["https://h.test/", ["x=1; Secure"], "http://h.test/", undefined],
  ["http://127.0.0.1:80/", ["x=1"], "http://127.0.0.1:81/", "x=1"],
  ["https://h.test/", ["x=1", `x=; Expires=${past}`], "https://h.test/", undefined],
  ["https://h.test/", ["x=1; Max-Age=0"], "https://h.test/", undefined],
  ["https://h.test/", ["x=1; Max-Age=60"], "https://h.test/", "x=1"],
  ["https://h.test/", ['x="a=b"; Expires=Wed, 21 Oct 2099 07:28:00 GMT'], "https://h.test/", 'x="a=b"'],
  ["https://h.test/", ["nothing", "=1"], "https://h.test/", undefined],
])("after %s gave %j, %s gets %s", (from, lines, to, header) => {
  const jar = createCookieJar();
  jar.store(from, lines);
  expect(jar.header(to)).toBe(header);
});

test("cookies go along, also behind a redirect, but in place of none that the request has", async () => {
  await using server = await startServer({
    "/set": () =>
      text("", { status: 302, headers: { location: "/next", "set-cookie": ["x=1; Path=/", "y=2; Path=/"] } }),
    "/next": json({}),
  });
  const http = openHttp({});
  const cookies = createCookieJar();
  const ask = async (path: string, headers = {}): Promise<void> => {
    const request = { method: "GET", url: `${server.url}${path}`, headers };
    await http.send(request, { signal: new AbortController().signal, cookies });
  };
  await ask("/set", { Cookie: "own=1" });
  await ask("/next", { cookie: "own=1" });
  await ask("/next");
  expect(server.requests.map(({ headers }) => headers["cookie"])).toEqual(["own=1", "x=1; y=2", "own=1", "x=1; y=2"]);
  http.close();
});
