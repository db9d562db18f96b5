import type { AnswerStore, KeptAnswer } from "./answer-store.ts";
import { cacheKey, isCacheable } from "./cache-key.ts";
import type { Send } from "./types.ts";

/** The answers of a run by request; several requesters of a stream share it. */
export interface Cache {
  readonly store: AnswerStore;
  readonly answers: Map<string, Promise<KeptAnswer | undefined>>;
}

export const createCache = (store: AnswerStore): Cache => ({ store, answers: new Map() });

/**
 * Answers a request that was made before from what was kept of it: GET and HEAD, status 200, as the reference does. A
 * request like one that is on its way waits for that one's answer. `scope` parts the streams.
 */
export function withCache(send: Send, { store, answers }: Cache, scope: string): Send {
  return async (request, options) => {
    if (!isCacheable(request)) return send(request, options);
    const key = cacheKey(scope, request);
    for (let known = answers.get(key); known !== undefined; known = answers.get(key)) {
      const kept = await known;
      if (kept !== undefined) return kept(request, true);
    }
    let settle: (kept: KeptAnswer | undefined) => void = () => undefined;
    answers.set(key, new Promise((resolve) => (settle = resolve)));
    let kept: KeptAnswer | undefined;
    try {
      const response = await send(request, options);
      if (response.status !== 200 || response.headers.get("vary") === "*") return response;
      kept = await store.keep(response);
      return await kept(request, false);
    } finally {
      if (kept === undefined) answers.delete(key);
      settle(kept);
    }
  };
}
