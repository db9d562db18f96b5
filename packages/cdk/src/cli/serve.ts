import { availableParallelism } from "node:os";
import type { CommandModule } from "yargs";
import { configError } from "../errors.ts";
import { processTerminal } from "./terminal/terminal.ts";

interface ServeArguments {
  readonly host: string;
  readonly port: number;
  readonly timeout: number;
  readonly memory: number;
  readonly "body-limit": number;
  readonly concurrency: number;
  readonly worker: boolean;
}

/** `ferry serve`: the manifest server, for the platform's connector builder. */
export const serveCommand: CommandModule<object, ServeArguments> = {
  command: "serve",
  describe: "Serves test reads, checks, catalogs and resolved manifests over HTTP, for a connector builder.",
  builder: (yargs) =>
    yargs
      .option("host", { type: "string", default: "127.0.0.1", describe: "The address to listen at." })
      .option("port", { type: "number", default: 8080, describe: "The port; 0 for any that is free." })
      .option("timeout", { type: "number", default: 120, describe: "Seconds that a request may take." })
      .option("memory", { type: "number", default: 512, describe: "Megabytes that a request may take." })
      .option("body-limit", { type: "number", default: 10, describe: "Megabytes that a request's body may have." })
      .option("concurrency", {
        type: "number",
        default: Math.max(2, availableParallelism()),
        describe: "How many requests are worked on at once, each in a process of its own.",
      })
      .option("worker", { type: "boolean", default: false, hidden: true })
      .check((args) => {
        for (const name of ["timeout", "memory", "body-limit", "concurrency"] as const) {
          if (!(args[name] > 0)) throw configError(`--${name} must be a number above 0.`);
        }
        if (!(args.port >= 0 && args.port < 65_536)) throw configError("--port must be from 0 to 65535.");
        return true;
      }),
  async handler(args) {
    if (args.worker) return (await import("./serve/worker.ts")).runWorker();
    const { runServer } = await import("./serve/server.ts");
    const limits = { timeout: args.timeout, memory: args.memory, concurrency: args.concurrency };
    const { host, port } = args;
    await runServer({ host, port, limits, bodyLimit: args["body-limit"] * 1024 * 1024, terminal: processTerminal() });
  },
};
