import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { configError } from "../../errors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { createApp } from "./app.ts";
import { createWorkers, type WorkerLimits } from "./workers.ts";

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly limits: WorkerLimits;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly terminal: Pick<Terminal, "complain">;
}

/** Serves until the process is told to end; then requests under way are finished, and a second time they are not. */
export async function runServer({ host, port, limits, bodyLimit, terminal }: ServerOptions): Promise<void> {
  const log = (line: string): void => terminal.complain(`${line}\n`);
  const program = { file: process.argv[1] ?? "", args: ["serve", "--worker"] };
  const workers = createWorkers(program, limits);
  const app = createApp({ answer: workers.answer, env: process.env, bodyLimit, log });
  const server = serve({ fetch: app.fetch, hostname: host, port });
  // Whoever sends slowly holds a connection, not a worker.
  if ("requestTimeout" in server) server.requestTimeout = limits.timeout * 1000;
  try {
    await once(server, "listening");
  } catch (cause) {
    throw configError(`The server cannot listen at ${host}:${port}: ${String(cause)}`, { cause });
  }
  const address = server.address() as AddressInfo; // it listens at a port, not at a pipe
  log(`Listening at http://${host.includes(":") ? `[${host}]` : host}:${address.port} (what can be asked: /docs)`);
  let sweep: NodeJS.Timeout | undefined;
  try {
    await toldToEnd();
    log("Stopping: requests under way are finished first.");
    const closed = once(server, "close");
    server.close();
    // A connection whose request is answered would be kept for the next one.
    sweep = setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), SWEEP);
    await Promise.race([closed, toldToEnd()]);
  } finally {
    clearInterval(sweep);
    workers.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
}

/** Milliseconds. */
const SWEEP = 100;

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}
