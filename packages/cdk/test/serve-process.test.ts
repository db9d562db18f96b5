import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ferry = fileURLToPath(new URL("../bin/ferry.mjs", import.meta.url));
const manifest = { version: "6.0.0", check: { type: "CheckStream", stream_names: [] }, streams: [] };

test("ferry serve says where it listens, answers in a process of its own, and ends when it is told to", async () => {
  const server = spawn(process.execPath, [ferry, "serve", "--port", "0", "--concurrency", "1"]);
  let log = "";
  server.stderr.on("data", (part) => (log += String(part)));
  const ended = once(server, "exit");
  while (!log.includes("\n")) await once(server.stderr, "data");
  const url = /^Listening at (http:\/\/127\.0\.0\.1:\d+) /.exec(log)?.[1];

  expect(await (await fetch(`${url}/health/`)).json()).toEqual({ status: "ok" });
  const answer = await fetch(`${url}/v1/manifest/resolve`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ manifest, context: { workspace_id: "w-1" } }),
  });
  expect(await answer.json()).toEqual({ manifest: { ...manifest, type: "DeclarativeSource" } });

  server.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(log).toMatch(/POST \/v1\/manifest\/resolve 200 \d+ ms workspace_id=w-1\nStopping/);
});
