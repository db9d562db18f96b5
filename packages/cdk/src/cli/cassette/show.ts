import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { KeptBody } from "../../cassette/exchange.ts";
import { readCassette, type NamedExchange, type Recording } from "../../cassette/recording-file.ts";
import { formatOf } from "../terminal/format.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Prints what a cassette holds. */
export async function showCassette(
  cassette: string,
  asked: "text" | "json" | undefined,
  terminal: Terminal,
): Promise<0> {
  const recordings = await readCassette(cassette);
  const told = await Promise.all(recordings.map((recording) => describe(recording)));
  if (formatOf(asked, terminal, "json") === "json") {
    terminal.print(`${JSON.stringify({ cassette, recordings: told }, undefined, 2)}\n`);
    return 0;
  }
  for (const { name, started_at: at, exchanges } of told) {
    const count = `${exchanges.length} ${exchanges.length === 1 ? "exchange" : "exchanges"}`;
    terminal.print(`${terminal.style.bold(name)}  ${at}, ${count}\n`);
    if (exchanges.length === 0) continue;
    const rows = exchanges.map(({ file, method, url, answer, bytes, stream }) => [
      file.replace(/-.*$/s, ""),
      `${method} ${url}`,
      answer,
      String(bytes),
      stream ?? "",
    ]);
    terminal.print(
      table(
        [{ head: "" }, { head: "request" }, { head: "answer" }, { head: "bytes", align: "right" }, { head: "stream" }],
        rows,
        terminal,
      ),
    );
  }
  return 0;
}

interface ShownExchange {
  readonly file: string;
  readonly method: string;
  readonly url: string;
  /** The status, or what failed. */
  readonly answer: string;
  readonly bytes: number;
  readonly stream?: string;
}

async function describe({ name, folder, startedAt, exchanges }: Recording): Promise<{
  name: string;
  started_at: string;
  exchanges: readonly ShownExchange[];
}> {
  const shown = async ({ name: file, request, response, failure, stream }: NamedExchange): Promise<ShownExchange> => ({
    file: `${file}.yaml`,
    method: request.method,
    url: request.url,
    answer: [response?.status, failure?.kind].filter((part) => part !== undefined).join(", "),
    bytes: await sizeOf(folder, response?.body),
    ...(stream === undefined ? {} : { stream }),
  });
  return {
    name,
    started_at: new Date(startedAt).toISOString(),
    exchanges: await Promise.all(exchanges.map((exchange) => shown(exchange))),
  };
}

async function sizeOf(folder: string, body: KeptBody | undefined): Promise<number> {
  if (body === undefined) return 0;
  return "text" in body ? Buffer.byteLength(body.text) : (await stat(join(folder, body.file))).size;
}
