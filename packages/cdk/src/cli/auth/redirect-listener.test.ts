import { expect, test } from "vitest";
import { listenForRedirect } from "./redirect-listener.ts";

const problemOf = (parameters: URLSearchParams): string | undefined =>
  parameters.has("error") ? `It says <${parameters.get("error")}> & more.` : undefined;

test("what the browser brings arrives; other requests are none of it", async () => {
  const listener = await listenForRedirect({ problemOf });
  try {
    expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/auth_flow$/);
    expect((await fetch(new URL("/favicon.ico", listener.redirectUri))).status).toBe(404);
    expect((await fetch(listener.redirectUri, { method: "POST" })).status).toBe(404);
    const page = await fetch(`${listener.redirectUri}?code=a%2Bb`);
    expect([page.status, page.headers.get("referrer-policy"), page.headers.get("connection")]).toEqual([
      200,
      "no-referrer",
      "close",
    ]);
    expect((await listener.arrived).get("code")).toBe("a+b");
  } finally {
    listener.close();
  }
});

test("a problem is shown there, as text", async () => {
  const listener = await listenForRedirect({ problemOf });
  try {
    const page = await fetch(`${listener.redirectUri}?error=${encodeURIComponent("<script>")}`);
    expect([page.status, await page.text()]).toEqual([
      400,
      expect.stringContaining("It says &lt;&lt;script&gt;&gt; &amp; more."),
    ]);
  } finally {
    listener.close();
  }
});

test("a redirect URI of this machine says port and path; one of elsewhere the path alone", async () => {
  const first = await listenForRedirect({ problemOf });
  const { port } = new URL(first.redirectUri);
  await expect(listenForRedirect({ port: Number(port), problemOf })).rejects.toThrow(
    `The port ${port} of 127.0.0.1 cannot be listened on`,
  );
  first.close();
  const redirectUri = `http://localhost:${port}/call/back`;
  const second = await listenForRedirect({ redirectUri, problemOf });
  expect(second.redirectUri).toBe(redirectUri);
  expect((await fetch(`http://127.0.0.1:${port}/call/back?code=1`)).status).toBe(200);
  second.close();
  const third = await listenForRedirect({ port: Number(port), redirectUri: "https://me.example.com/cb", problemOf });
  expect((await fetch(`http://127.0.0.1:${port}/cb?code=1`)).status).toBe(200);
  third.close();
  await expect(listenForRedirect({ redirectUri: "callback", problemOf })).rejects.toThrow(
    "--redirect-uri callback is no",
  );
});
