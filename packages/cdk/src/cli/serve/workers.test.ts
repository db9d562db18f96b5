import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { createWorkers, OUT_OF_MEMORY, type Workers } from "./workers.ts";

// A worker that does what the body of the question says.
const folder = mkdtempSync(join(tmpdir(), "ferry-workers-"));
const file = join(folder, "worker.mjs");
writeFileSync(
  file,
  `process.on("message", ({ body }) => {
    if (body === "loop") for (;;);
    if (body === "crash") process.abort();
    if (body === "memory") process.exit(${OUT_OF_MEMORY});
    if (body !== "never") process.send({ status: 200, body: body + " " + process.pid });
  });`,
);
afterAll(() => rmSync(folder, { recursive: true }));

let workers: Workers;
afterEach(() => workers.close());
const open = (timeout: number, concurrency = 1): Workers =>
  (workers = createWorkers({ file, args: [] }, { concurrency, timeout, memory: 64 }));
const never = new AbortController().signal;
const ask = (body: string, signal = never): Promise<{ status: number; body: string }> =>
  workers.answer({ endpoint: "check", body }, signal);

test("a process is used again", async () => {
  open(30);
  expect(await ask("one")).toEqual({ status: 200, body: expect.stringMatching(/^one \d+$/) as string });
  const [, first] = (await ask("two")).body.split(" ");
  expect((await ask("three")).body).toBe(`three ${first}`);
});

test("what loops for ever ends when its time is over, and what comes after it is answered", async () => {
  open(1);
  expect(await ask("loop")).toMatchObject({
    status: 504,
    body: expect.stringContaining("longer than 1 seconds") as string,
  });
  workers.close();
  open(30);
  expect(await ask("next")).toMatchObject({ status: 200 });
});

test("a process that dies, or takes too much memory, ends with its request only", async () => {
  open(30);
  expect(await ask("crash")).toMatchObject({ status: 500 });
  expect(await ask("memory")).toMatchObject({ status: 500, body: expect.stringContaining("64 MB") as string });
  expect(await ask("next")).toMatchObject({ status: 200 });
});

test("work is given up when nobody waits for it, and makes room for what does", async () => {
  open(30);
  const client = new AbortController();
  const first = ask("never", client.signal);
  const second = ask("next");
  client.abort();
  expect(await first).toMatchObject({ status: 504 });
  expect(await second).toMatchObject({ status: 200 });
});

test("only so many wait", async () => {
  open(30);
  const client = new AbortController();
  const waiting = Array.from({ length: 101 }, () => ask("never", client.signal));
  expect(await ask("one more")).toMatchObject({ status: 503 });
  client.abort();
  await Promise.all(waiting);
});
