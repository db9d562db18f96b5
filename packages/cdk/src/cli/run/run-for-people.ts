import type { Verb } from "../../entrypoint/arguments.ts";
import type { Message } from "../../protocol/message.ts";
import { runVerb, type VerbInputs, type VerbOptions } from "../connector/run-verb.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { remark } from "./remark.ts";
import type { Session } from "./session.ts";
import { whileWatched } from "./watcher.ts";

/** Runs a verb for someone who watches: what is wrong goes to stderr as text, the rest to `onMessage`. Ends well on Ctrl-C. */
export function runForPeople(
  { connector, config, secrets, tapes, watcher, profile, keep }: Session,
  verb: Verb,
  inputs: VerbInputs,
  options: VerbOptions & { readonly complain: (text: string) => void; readonly style: Terminal["style"] },
): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    options.complain("Stopping: once more, and it ends at once.\n");
    stop.abort();
  };
  return whileWatched(watcher, tapes, async () => {
    process.on("SIGINT", onSignal);
    try {
      const { exitCode } = await runVerb(
        connector,
        verb,
        { config: config?.config, ...inputs },
        {
          ...options,
          secrets,
          tapes,
          profile,
          transport: watcher.transport,
          observe: watcher.observe,
          signal: stop.signal,
          onMessage(message: Message) {
            keep(message);
            const text = remark(message, options.style);
            if (text !== undefined) options.complain(text);
            options.onMessage(message);
          },
        },
      );
      return stop.signal.aborted ? 130 : exitCode;
    } finally {
      process.off("SIGINT", onSignal);
    }
  });
}
