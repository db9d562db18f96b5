import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { configControl, logMessage, streamState } from "../protocol/make-message.ts";
import { messagesOf } from "../testing/run-connector.ts";
import { createOutput } from "./output.ts";
import { streamSink, type Sink, type Target } from "./sink.ts";

/** A sink that keeps all texts it was given. */
function kept(): Sink & { readonly writes: string[] } {
  const writes: string[] = [];
  return {
    writes,
    write: (bytes) => void writes.push(Buffer.from(bytes).toString()),
    behind: () => undefined,
    end: async () => undefined,
  };
}

test("lines of one turn go out together, CONTROL at once", async () => {
  const sink = kept();
  const output = createOutput({ sink, mask: (text) => text });
  output.message(logMessage("INFO", "a"));
  output.message(logMessage("INFO", "b"));
  expect(sink.writes).toHaveLength(0);
  await setImmediate();
  expect(sink.writes).toHaveLength(1);
  output.message(logMessage("INFO", "c"));
  output.message(configControl({ token: "new" }));
  expect(sink.writes).toHaveLength(2);
  output.message(logMessage("INFO", "d"));
  await output.end();
  expect(messagesOf(sink.writes.join("")).logs()).toEqual(["INFO a", "INFO b", "INFO c", "INFO d"]);
});

test("each STATE counts the records of its stream since the one before, a global one those of all", async () => {
  const sink = kept();
  const output = createOutput({ sink, mask: (text) => text });
  const rows = (stream: string, count: number, namespace?: string): void =>
    output.records({ stream, namespace, batch: valueRows(Array.from({ length: count }, () => ({}))) });
  rows("a", 2);
  rows("b", 3);
  rows("a", 5, "n");
  output.message({ type: "RECORD", record: { stream: "a", data: {}, emitted_at: 1 } });
  output.message(streamState({ name: "a" }, {}));
  output.message(streamState({ name: "a", namespace: "n" }, {}));
  output.message(streamState({ name: "a" }, {}));
  output.message({ type: "STATE", state: { type: "GLOBAL", global: { stream_states: [] } } });
  output.message({ type: "STATE", state: { type: "GLOBAL", global: { stream_states: [] } } });
  await output.end();
  const counts = sink.writes.join("").matchAll(/"recordCount":([\d.]+)/g);
  expect([...counts].map(([, count]) => count)).toEqual(["3.0", "5.0", "0.0", "3.0", "0.0"]);
});

test("records print what they are, with their namespace", async () => {
  const sink = kept();
  const output = createOutput({ sink, mask: () => "masked" });
  const batch = valueRows([parseJson('{"10":1,"9":12345678901234567890,"x":1.0,"secret":"s","gone":null}'), {}]);
  output.records({ stream: 'a"b', namespace: "n", batch });
  await output.end();
  const record = (data: string): string =>
    `{"type":"RECORD","record":{"namespace":"n","stream":"a\\"b","data":${data},"emitted_at":0}}\n`;
  expect(sink.writes.join("").replace(/\d{13}(?=}})/g, "0")).toBe(
    record('{"10":1,"9":12345678901234567890,"x":1.0,"secret":"s"}') + record("{}"),
  );
});

/** A target that takes nothing until it is let go. */
function slow(): Target & { readonly chunks: Uint8Array[]; open(): void; fail(error: Error): void } {
  const chunks: Uint8Array[] = [];
  const waiting: (() => void)[] = [];
  let listener: (error: Error) => void = () => undefined;
  let isOpen = false;
  const target = {
    chunks,
    writableLength: 0,
    write(bytes: Uint8Array, done: (error?: Error | null) => void): boolean {
      const take = (): void => {
        chunks.push(Buffer.from(bytes));
        target.writableLength -= isOpen ? 0 : bytes.length;
        done();
      };
      if (isOpen) take();
      else {
        target.writableLength += bytes.length;
        waiting.push(take);
      }
      return isOpen;
    },
    on: (_: "error", given: (error: Error) => void) => void (listener = given),
    open() {
      for (const take of waiting.splice(0)) take();
      isOpen = true;
    },
    fail: (error: Error) => listener(error),
  };
  return target;
}

test("a sink says when it is behind, and what it was given stays as it was", async () => {
  const target = slow();
  const sink = streamSink(target, () => undefined);
  const bytes = Buffer.alloc(700_000, "a");
  sink.write(bytes);
  expect(sink.behind()).toBeUndefined();
  bytes.fill("b");
  sink.write(bytes);
  const behind = sink.behind();
  expect(behind).toBeInstanceOf(Promise);
  bytes.fill("c");
  target.open();
  await behind;
  sink.write(bytes);
  await sink.end();
  expect(target.chunks.map((chunk) => String.fromCharCode(chunk[0]!, chunk.at(-1)!))).toEqual(["aa", "bb", "cc"]);
});

test("a broken target is told once, and ends all waiting", async () => {
  const target = slow();
  const failures: string[] = [];
  const sink = streamSink(target, ({ message }) => failures.push(message));
  sink.write(Buffer.alloc(2_000_000));
  const behind = sink.behind();
  target.fail(new Error("EPIPE"));
  target.fail(new Error("again"));
  await behind;
  await sink.end();
  sink.write(Buffer.alloc(10));
  expect(sink.behind()).toBeUndefined();
  expect(failures).toEqual(["EPIPE"]);
});
