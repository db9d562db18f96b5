import { errorMessage } from "../../../protocol/error-trace.ts";
import type { CheckedSource, CheckResult, Stream } from "../../../roles.ts";

/** How many streams are tried at once. */
const sideBySide = 4;

/**
 * Tries the first stream, then the others side by side, and reports the first in their order that cannot be read. What keeps
 * all of them from being read, such as a wrong token, so costs one request.
 */
export async function tryStreams(streams: readonly Stream[], log: CheckedSource["log"]): Promise<CheckResult> {
  const results: (string | undefined)[] = [];
  let next = 0;
  let failed = false;
  const tryNext = async (): Promise<void> => {
    const index = next++;
    results[index] = await unavailable(streams[index]!);
    failed ||= results[index] !== undefined;
  };
  const work = async (): Promise<void> => {
    while (next < streams.length && !failed) await tryNext();
  };
  if (streams.length > 0) await tryNext();
  await Promise.all(Array.from({ length: Math.min(sideBySide, streams.length) }, work));
  const message = results.find((result) => result !== undefined);
  if (message === undefined) return { ok: true };
  log("WARN", message);
  return { ok: false, message };
}

/** Why the stream's first record cannot be read, undefined when it can, or when there is none. */
async function unavailable(stream: Stream): Promise<string | undefined> {
  try {
    for await (const slice of stream.cursor.slices()) {
      for await (const batch of stream.read(slice)) if (batch.length > 0) break;
      return undefined;
    }
    return `Stream ${stream.name} is not available: no stream slices were found`;
  } catch (error) {
    return `Stream ${stream.name} is not available: ${errorMessage(error)}`;
  }
}
