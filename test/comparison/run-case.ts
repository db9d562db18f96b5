import { parseJson, printJson, type Json, type JsonObject } from "ferry-cdk";
import { messagesOf, runConnector } from "ferry-cdk/testing";
import { BASE, type Case } from "./case.ts";
import { serveCassette } from "./cassette.ts";
import { compare } from "./compare.ts";
import { summarise } from "./summary.ts";

const VERBS: Readonly<Record<string, string>> = { denied: "check", full: "read", incremental: "read", resume: "read" };

/** Runs one operation of a case; gives what differs from the reference. The clock must stand at the case's instant. */
export async function runCase(made: Case, op: string): Promise<string[]> {
  await using server = await serveCassette(made.cassette, op === "denied");
  const placed = <T extends Json>(value: T): T => parseJson(printJson(value).replaceAll(BASE, server.url)) as T;
  const waits: number[] = [];
  const verb = VERBS[op] ?? op;
  const own = made.components === undefined ? [] : ["--components-path", made.components];
  const run = await runConnector(undefined, [verb, ...own], {
    env: { AIRBYTE_ENABLE_UNSAFE_CODE: "true" },
    manifest: made.manifest.replaceAll(BASE, server.url),
    ...(verb !== "spec" && { config: placed(made.config) }),
    ...(verb === "read" && { catalog: placed(catalogOf(made.streams, op)) }),
    ...(op === "resume" && made.state !== undefined && { state: placed(made.state) }),
    ...(made.beside !== undefined && { beside: made.beside }),
    sleep: async (seconds) => void waits.push(seconds),
  });
  const { messages } = messagesOf(run.lines.map((line) => `${line.replaceAll(server.url, BASE)}\n`).join(""));
  return compare(op, made.golden[op]!, summarise(messages, run.exitCode, Date.now()), server.seen, waits);
}

function catalogOf(streams: readonly JsonObject[], op: string): JsonObject {
  const mode = op === "full" ? "full_refresh" : "incremental";
  return {
    streams: streams.map((stream) => {
      const modes = stream["supported_sync_modes"] as string[];
      const sync = modes.includes(mode) ? mode : "full_refresh";
      return { stream, sync_mode: sync, destination_sync_mode: "append" };
    }),
  };
}
