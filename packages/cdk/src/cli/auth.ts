import type { Argv, CommandModule } from "yargs";
import { configError } from "../errors.ts";
import { createSend } from "../http/send.ts";
import { login, type LoginPlace } from "./auth/login.ts";
import { openBrowser } from "./auth/open-browser.ts";
import { authStatus, type StoredOptions } from "./auth/status.ts";
import { refreshTokens } from "./auth/refresh.ts";
import { processPlace } from "./run/verb-command.ts";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

const target = (yargs: Argv): Argv<StoredOptions> =>
  yargs
    .positional("target", {
      type: "string",
      default: ".",
      describe: "A manifest's file, the folder of a connector, or an image.",
    })
    .option("config", {
      type: "string",
      requiresArg: true,
      describe: "The config's file; config.json of the connector's folder when left out.",
    })
    .option("format", formatOption);

/** `ferry auth …`: the credentials that a config holds. */
export const authCommand: CommandModule = {
  command: "auth",
  describe: "Signs in by OAuth, and renews tokens.",
  builder: (yargs) =>
    yargs
      .command(
        "login [target]",
        "Signs in in the browser, and stores the tokens in the config.",
        (own) =>
          target(own)
            .option("client-id", { type: "string", requiresArg: true, describe: "The OAuth application's id." })
            .option("client-secret", {
              type: "string",
              requiresArg: true,
              describe: "Its secret, best as ${env:NAME} or ${file:PATH}.",
            })
            .option("port", { type: "number", describe: "Where the answer is awaited; any port when left out." })
            .option("redirect-uri", {
              type: "string",
              requiresArg: true,
              describe: "The redirect URI as the API knows it; http://127.0.0.1:PORT/auth_flow when left out.",
            })
            .option("browser", { type: "boolean", default: true, describe: "--no-browser only prints the URL." })
            .option("timeout", { type: "number", default: 300, describe: "Seconds to wait for the answer." })
            .option("check", { type: "boolean", default: true, describe: "--no-check does not try the connection." })
            .option("consent-url", { type: "string", requiresArg: true, describe: "Where a manifest does not say it." })
            .option("token-url", { type: "string", requiresArg: true, describe: "Where a manifest does not say it." })
            .option("scope", { type: "string", describe: "Where a manifest does not say it." })
            .check(({ port = 0, timeout }) => {
              if (!(port >= 0 && port < 65_536)) throw configError("--port must be from 0 to 65535.");
              if (!(timeout > 0)) throw configError("--timeout must be a number of seconds above 0.");
              return true;
            }),
        async (args) => {
          process.exitCode = await login(args, loginPlace());
        },
      )
      .command("status [target]", "Shows which credentials the config holds.", target, async (args) => {
        process.exitCode = await authStatus(args, processTerminal());
      })
      .command("refresh [target]", "Renews the tokens now, and stores them.", target, async (args) => {
        process.exitCode = await refreshTokens(args, processTerminal());
      })
      .demandCommand(1, "A command of auth is missing."),
  handler: () => undefined,
};

function loginPlace(): LoginPlace {
  const { env } = process;
  return { ...processPlace(), send: createSend(env), open: (url) => openBrowser(url, env) };
}
