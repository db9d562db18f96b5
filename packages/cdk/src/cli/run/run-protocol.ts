import type { Verb } from "../../entrypoint/arguments.ts";
import type { Inputs } from "../../entrypoint/inputs.ts";
import { runArguments, type Surroundings } from "../../entrypoint/run-command.ts";
import type { OpenSource } from "../../entrypoint/run-verb.ts";
import type { Limits } from "../../roles/limits.ts";
import { tapped } from "../connector/tapped.ts";
import type { Session } from "./session.ts";
import { whileWatched } from "./watcher.ts";

export interface ProtocolRun {
  readonly verb: Verb;
  readonly debug: boolean;
  readonly inputs: Partial<Inputs>;
  readonly limits?: Limits | undefined;
  /** Made around the connector's own. */
  readonly around?: ((open: OpenSource) => OpenSource) | undefined;
}

/** Runs a verb as the connector's own command would: the same lines on stdout, the same exit code. */
export function runProtocol(
  { connector, config, secrets, tapes, watcher, profile, keep }: Session,
  { verb, debug, inputs, limits, around = (open) => open }: ProtocolRun,
  surroundings: Surroundings,
): Promise<number> {
  return whileWatched(watcher, tapes, () =>
    runArguments(
      around(tapped(connector.open, keep)),
      { verb, debug },
      {
        ...surroundings,
        secrets,
        tapes,
        profile,
        limits,
        transport: watcher.transport,
        observe: watcher.observe,
        readInputs: async () => ({
          config: config?.config ?? (verb === "spec" ? undefined : {}),
          catalog: undefined,
          state: noState,
          ...inputs,
        }),
      },
    ),
  );
}

const noState: Inputs["state"] = { streams: [], shared: undefined, of: () => ({}) };
