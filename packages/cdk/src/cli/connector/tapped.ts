import type { OpenSource } from "../../entrypoint/run-verb.ts";
import type { Message } from "../../protocol/message.ts";
import type { Source, SourceRun } from "../../source.ts";

/** The same source, which shows each message to `tap` before it goes out. */
export function tapped(open: OpenSource, tap: (message: Message) => void): OpenSource {
  const watched = (run: SourceRun): SourceRun => ({
    ...run,
    emit(message) {
      tap(message);
      run.emit(message);
    },
  });
  const watch = (source: Source): Source => ({
    ...source,
    ...(source.configure === undefined ? {} : { configure: (config, run) => source.configure!(config, watched(run)) }),
    check: (config, run) => source.check(config, watched(run)),
    discover: (config, run) => source.discover(config, watched(run)),
    async *read(config, catalog, state, run) {
      for await (const item of source.read(config, catalog, state, watched(run))) {
        if (!("batch" in item)) tap(item);
        yield item;
      }
    },
  });
  return async (args, inputs) => {
    const opened = await open(args, inputs);
    return { ...opened, source: watch(opened.source) };
  };
}
