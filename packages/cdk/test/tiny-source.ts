/** A source for tests of the command as a process. What it does is said by its config. */
import { setTimeout } from "node:timers/promises";
import { createSource } from "../src/code-source.ts";
import { runSource } from "../src/entrypoint/run-source.ts";
import { configError } from "../src/errors.ts";
import { valueRows } from "../src/json/rows/value-rows.ts";
import { get, type JsonObject } from "../src/json/value.ts";
import { configControl, streamState } from "../src/protocol/make-message.ts";
import type { Source } from "../src/source.ts";

const keyOf = (config: JsonObject): string => JSON.stringify(get(config, "key"));
const wide = "x".repeat(1000);

const tiny: Source = createSource({
  spec: {
    connectionSpecification: {
      type: "object",
      additionalProperties: false,
      properties: {
        does: { type: "string" },
        count: { type: "integer" },
        key: { type: "string", airbyte_secret: true },
      },
    },
  },
  async check(config, run) {
    if (config["does"] === "refuse") throw configError(`The key ${keyOf(config)} is refused.`);
    if (config["does"] === "crash") throw new Error(`boom ${keyOf(config)}`);
    if (config["does"] === "crash aside") {
      queueMicrotask(() => {
        throw new Error(`boom ${keyOf(config)}`);
      });
      await setTimeout(10_000);
    }
    if (config["does"] === "tell") run.log.debug("in detail");
    if (config["does"] === "print") {
      console.log(`the key is ${keyOf(config)}\nand so on`);
      console.error(`on stderr: ${keyOf(config)}`);
    }
  },
  streams: (config) => [
    {
      name: "numbers",
      schema: {},
      cursorField: "id",
      async *read({ state }, run) {
        if (config["does"] === "leak") {
          const key = String(config["key"]);
          run.emit(configControl({ key }));
          run.log.info(`key=${encodeURIComponent(key)} Basic ${Buffer.from(`user:${key}`).toString("base64")}`);
          yield valueRows([{ id: 1, wide: key }]);
          yield { state: { key } };
          return;
        }
        const first = Number(state["id"] ?? 0);
        const count = Number(config["count"] ?? 3);
        for (let id = first; id < first + count; id += 100) {
          const size = Math.min(100, first + count - id);
          yield valueRows(Array.from({ length: size }, (_, index) => ({ id: id + index, wide })));
          if (config["does"] === "stumble") throw new Error("stumbled");
          if (config["does"] === "wait") await setTimeout(20);
          if (config["does"] === "hang") await setTimeout(1e9);
          if (config["does"] === "dead end") await new Promise(() => {});
          if (run.signal.aborted && config["does"] !== "ignore") break;
        }
        yield { state: { id: first + count } };
      },
    },
    {
      name: "others",
      schema: {},
      async *read(_, run) {
        if (config["does"] === "emit") run.emit(streamState({ name: "others" }, {}));
        yield valueRows([{ id: 1 }]);
      },
    },
  ],
});

process.exit(await runSource(tiny, process.argv.slice(2)));
