import { createSecrets, type Secrets } from "../../entrypoint/secrets.ts";
import { tapesOf, type Tapes } from "../../entrypoint/taped.ts";
import type { Profile } from "../../roles/profile.ts";
import type { Message } from "../../protocol/message.ts";
import { openConnector, type Connector } from "../connector/open-connector.ts";
import { givenConfig, type GivenConfig } from "../connector/read-config.ts";
import { saveConfig } from "../connector/save-config.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { VerbArguments } from "./verb-arguments.ts";
import { watchedBy, type Watcher } from "./watcher.ts";

/** A connector with its config, and all that looks on while its verbs run. */
export interface Session {
  readonly connector: Connector;
  readonly config: GivenConfig | undefined;
  readonly secrets: Secrets;
  readonly watcher: Watcher;
  readonly profile: Profile | undefined;
  /** Where verbs are recorded to, or played from. */
  readonly tapes: Tapes;
  /** Sees to what the connector wants to be kept, such as a new refresh token. */
  keep(message: Message): void;
}

/**
 * @param more what looks on besides
 * @param opened the connector that the arguments name, where it was opened before
 */
export async function openSession(
  args: VerbArguments,
  terminal: Terminal,
  more: readonly Watcher[] = [],
  opened?: Connector,
): Promise<Session> {
  const connector = opened ?? (await openConnector(args.target));
  const config = await givenConfig(args.config, connector);
  const secrets = createSecrets();
  const profiling = args.profile === true ? (await import("../see/profile.ts")).createProfiling(terminal) : undefined;
  return {
    connector,
    config,
    secrets,
    tapes: tapesFor(args),
    watcher: watchedBy([
      ...(await watchersOf(args, terminal, secrets)),
      ...more,
      ...(profiling === undefined ? [] : [profiling]),
    ]),
    profile: profiling?.profile,
    keep(message) {
      if (message.type !== "CONTROL" || config === undefined) return;
      const changed = message.control.connectorConfig?.config;
      if (changed === undefined) return;
      for (const file of saveConfig(config, changed)) {
        terminal.complain(`The connector changed its config: ${file} is written anew.\n`);
      }
    },
  };
}

/** What the command line says, else the environment. */
const tapesFor = ({ record, replay }: VerbArguments): Tapes =>
  record === undefined && replay === undefined ? tapesOf(process.env) : { record, replay };

async function watchersOf(args: VerbArguments, terminal: Terminal, secrets: Secrets): Promise<Watcher[]> {
  const watchers: Watcher[] = [];
  if (args.traceHttp !== undefined) {
    const { traceHttp } = await import("../see/trace-http.ts");
    watchers.push(traceHttp(args.traceHttp, terminal, secrets.mask));
  }
  if (args.har !== undefined) {
    const { recordHar } = await import("../see/har.ts");
    watchers.push(recordHar(args.har, secrets.mask));
  }
  return watchers;
}
