import type { HttpResponse } from "../../../../http/types.ts";
import { headersView } from "../../../../interpolation/views.ts";
import { copy, has, isObject, set, type Json, type JsonObject } from "../../../../json/value.ts";
import type { Slice } from "../../../../roles.ts";

/** A job that an API works at. */
export interface Job {
  /** What it is to bring. */
  readonly slice: Slice;
  /** What its creation was answered with, as templates see it. */
  readonly creation: Json;
  /** The answer that said that it is done. */
  polling: HttpResponse | undefined;
}

export type JobStatus = "running" | "completed" | "failed" | "timeout" | "skipped";

/** An answer as templates of later requests see it: its JSON object, and by `headers` and `request` what came with it. */
export async function answerView(response: HttpResponse): Promise<Json> {
  const body = await response.json();
  const view: JsonObject = body !== undefined && isObject(body) ? copy(body) : {};
  const { method, url, headers, body: sent } = response.request;
  // Only templates see it, and they know more kinds of values than JSON has.
  const anyCase = (named: JsonObject): Json => headersView(named) as unknown as Json;
  if (!has(view, "headers")) set(view, "headers", anyCase(response.headers.toObject()));
  if (!has(view, "request")) {
    const text = sent === undefined ? null : Buffer.from(sent).toString();
    set(view, "request", { method, url, headers: anyCase({ ...headers }), body: text });
  }
  return view;
}

/** The slice as the templates of a job's requests see it. */
export function withExtra(slice: Slice, extra: JsonObject): Slice {
  return { ...slice, extra: { ...slice.extra, ...extra } };
}
