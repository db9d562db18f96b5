import { crc32 } from "node:zlib";
import type { SourceRun } from "ferry-cdk";
import { isHttpFailure, type HttpResponse } from "ferry-cdk/files";
import { changedMidway } from "./changed.ts";
import { brokenOf, MOST_TRIES, pause, waitOf, type Ask } from "./web-ask.ts";
import { assertSame, isPlain, rangeOf, validatorOf, versionOf, type Version } from "./web-version.ts";

/** A part of a file, and the version it must be of. */
export interface Limits {
  readonly from: number;
  readonly to: number;
  readonly version: Version;
}

/**
 * The bytes of a file, whole or a part. Where the connection breaks it goes on from there, if the server gives parts of this
 * version; else it begins again and leaves out what it had. Where nothing names the version, a checksum of that tells.
 */
export async function* readOn(ask: Ask, place: string, run: SourceRun, limits?: Limits): AsyncGenerator<Uint8Array> {
  const start = limits?.from ?? 0;
  let version = limits?.version;
  let hasParts = true;
  let at = start;
  let sum = 0; // of what was read
  for (let failures = 0; ;) {
    const validator = version && validatorOf(version);
    // Without a word on the version a part might be of another one.
    const isPart = limits !== undefined || (at > 0 && hasParts && validator !== undefined);
    const response = await ask(
      {
        ...(isPart ? { Range: `bytes=${at}-${limits === undefined ? "" : limits.to - 1}` } : {}),
        ...(isPart && validator !== undefined ? { "If-Range": validator } : {}),
      },
      at > start,
    );
    if (version === undefined) version = versionOf(response);
    else assertSame(version, versionOf(response), place);
    if (!isPlain(response)) hasParts = false;
    const isNameless = version.etag === undefined && version.modified === undefined;
    const from = startOf(response, place, isPart ? at : 0);
    let skip = at - from;
    let again = 0;
    try {
      for await (const part of response.stream()) {
        const known = skip === 0 ? 0 : Math.min(skip, part.length);
        if (known > 0) {
          skip -= known;
          again = crc32(part.subarray(0, known), again);
          if (skip === 0 && isNameless && again !== sum && from === start) throw changedMidway(place);
        }
        const fresh = known === 0 ? part : part.subarray(known);
        if (fresh.length === 0) continue;
        if (isNameless) sum = crc32(fresh, sum);
        at += fresh.length;
        failures = 0;
        yield limits === undefined ? fresh : fresh.subarray(0, Math.max(0, limits.to - (at - fresh.length)));
        if (limits !== undefined && at >= limits.to) return;
      }
      if (skip > 0) throw changedMidway(place);
      return;
    } catch (error) {
      if (!isHttpFailure(error)) throw error;
      if (at === version.total) return;
      if (++failures > MOST_TRIES) throw brokenOf(place, error);
      run.log.warn(`${error.message} It broke at byte ${at}; reading on from there.`);
      await pause(waitOf(failures), run);
    }
  }
}

/** The first byte of an answer. */
function startOf(response: HttpResponse, place: string, asked: number): number {
  if (response.status !== 206) return 0;
  const from = rangeOf(response)?.from;
  if (from !== asked) throw changedMidway(place);
  return from;
}
