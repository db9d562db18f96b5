import type { JsonObject } from "../../json/value.ts";
import type { ConfiguredAirbyteStream } from "../../protocol/messages.gen.ts";
import type { Discovery } from "../connector/discovering.ts";
import type { StreamCursors } from "./cursors.ts";
import { momentGiven, spellingOf } from "./moments.ts";

const PLAIN = "%Y-%m-%dT%H:%M:%SZ"; // where nothing says how the stream writes its times

/** The state by which incremental streams are read from a time on; that of the others is as it was. */
export function stateSince(since: string, { cursors }: StreamCursors): NonNullable<Discovery["chosen"]> {
  const moment = momentGiven(since, "--since");
  return (catalog, before) => {
    const states = new Map<string, JsonObject>();
    for (const configured of catalog.streams) {
      const { name } = configured.stream;
      const words = cursors.get(name);
      const field = words?.field ?? fieldOf(configured);
      if (field === undefined || words?.formats.length === 0) continue;
      states.set(name, { [field]: spellingOf(words?.formats ?? [PLAIN]).write(moment) });
    }
    return { ...before, of: (stream, namespace) => states.get(stream) ?? before.of(stream, namespace) };
  };
}

function fieldOf({ sync_mode: mode, cursor_field: chosen, stream }: ConfiguredAirbyteStream): string | undefined {
  return mode === "incremental" ? (chosen ?? stream.default_cursor_field)?.[0] : undefined;
}
