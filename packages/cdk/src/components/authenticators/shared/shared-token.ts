import type { Run } from "../../../component.ts";

/**
 * What keeps a token, made once for all streams that would ask for the same. A run that tries a stream out shows each stream's
 * own requests, as the reference makes them: there each has its own.
 */
export function sharedToken<T>(run: Run, key: string, make: () => T): T {
  return run.test === undefined ? run.shared(key, make) : make();
}
