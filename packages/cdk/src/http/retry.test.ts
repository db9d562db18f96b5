import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configError, isConnectorError } from "../errors.ts";
import { httpFailure, isHttpFailure } from "./failure.ts";
import { responseHeaders, withHeaders } from "./headers.ts";
import { createResponse } from "./response.ts";
import { withRetry } from "./retry.ts";
import type { ErrorHandling, RetryPolicy } from "./retry-policy.ts";
import { sleep } from "./sleep.ts";
import type { HttpResponse, Resolution, Send } from "./types.ts";

// The types are those of make-retry.py, which made the table by running the reference.
interface Row {
  readonly answers: readonly (number | "E")[];
  readonly max_retries: number | null;
  readonly max_time: number | null;
  readonly took: number;
  readonly refreshes: readonly ("ok" | "config" | "fails")[];
  readonly spare: boolean;
  readonly expected: {
    result: number | string;
    sent: string[];
    waits: number[];
    refreshes: number;
    rate_limited: number;
  };
}
const rows = JSON.parse(
  readFileSync(new URL("../../../../test/tables/retry.json", import.meta.url), "utf8"),
) as readonly Row[];

const RESOLUTIONS: Readonly<Record<number, Resolution>> = {
  200: { action: "SUCCESS" },
  400: { action: "FAIL", failureType: "config_error" },
  401: { action: "REFRESH_TOKEN_THEN_RETRY", failureType: "config_error" },
  404: { action: "IGNORE" },
  409: { action: "RESET_PAGINATION" },
  413: { action: "REDUCE_PAGE_SIZE" },
  414: { action: "SPLIT_REQUEST_WINDOW" },
  420: { action: "RATE_LIMITED", failureType: "transient_error" },
  429: { action: "RATE_LIMITED", failureType: "transient_error" },
  430: { action: "RATE_LIMITED", failureType: "transient_error" },
  500: { action: "RETRY", failureType: "transient_error" },
  502: { action: "RETRY", failureType: "config_error" },
  503: { action: "RETRY" },
};
const WAITS: Readonly<Record<number, number>> = { 502: 3, 430: 4 };

const handler = (maxRetries: number | undefined, maxTime: number | undefined): ErrorHandling => ({
  maxRetries,
  maxTime,
  backoffs: [
    () => Promise.resolve(0),
    (outcome) => Promise.resolve(isHttpFailure(outcome) ? undefined : WAITS[outcome.status]),
  ],
  interpret: (outcome) =>
    Promise.resolve(
      isHttpFailure(outcome) ? { action: "RETRY", failureType: "transient_error" } : RESOLUTIONS[outcome.status]!,
    ),
});
const request = { method: "GET", url: "https://h.test/", headers: {} };
const { signal } = new AbortController();
const policy = (more: Partial<RetryPolicy>): RetryPolicy => ({
  stream: "s",
  handler: handler(5, 600),
  log: () => undefined,
  rateLimited: () => undefined,
  ...more,
});
function answer(status: number, onDiscard = (): void => undefined): HttpResponse {
  const head = { request, url: request.url, headers: responseHeaders([]), status, fromCache: false };
  const discard = (): Promise<void> => Promise.resolve(onDiscard());
  return createResponse(head, { chunks: none(), discard });
}
async function* none(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
}

test.each(rows.map((row) => ({ title: JSON.stringify({ ...row, expected: undefined }), row })))(
  "$title",
  async ({ row }) => {
    let now = 0;
    let [token, refreshes, limited, answers] = [0, 0, 0, 0];
    const [sent, waits]: [string[], number[]] = [[], []];
    const send: Send = (signed) => {
      const status = row.answers[Math.min(answers++, row.answers.length - 1)]!;
      sent.push(signed.headers["Authorization"]!);
      now += row.took;
      if (status === "E") return Promise.reject(httpFailure("connect", "broken"));
      return Promise.resolve(answer(status));
    };
    const refresh = (): Promise<void> => {
      const what = row.refreshes[refreshes++];
      if (what === "config") return Promise.reject(configError("no more"));
      if (what === "fails") return Promise.reject(new Error("network"));
      token++;
      return Promise.resolve();
    };
    const retry = withRetry(
      send,
      policy({
        handler: handler(row.max_retries ?? undefined, row.max_time ?? undefined),
        credentials: {
          apply: (each) => Promise.resolve(withHeaders(each, { Authorization: `t${token}` })),
          ...(row.refreshes.length > 0 ? { refresh } : {}),
          hasAlternative: () => row.spare,
        },
        rateLimited() {
          limited++;
        },
        sleep(seconds) {
          waits.push(seconds);
          now += seconds;
          return Promise.resolve();
        },
        clock: () => now,
      }),
    );
    const result = await retry(request, { signal }).then(
      (outcome) => ("response" in outcome ? outcome.response?.status : outcome.action),
      (error: unknown) => (isConnectorError(error) ? error.failureType : error),
    );
    expect({ result, sent, waits, refreshes, rate_limited: limited }).toEqual(row.expected);
  },
);

test("bodies that no one reads are let go", async () => {
  const discarded: number[] = [];
  const statuses = [500, 429, 404];
  const send: Send = () => {
    const status = statuses.shift()!;
    return Promise.resolve(answer(status, () => void discarded.push(status)));
  };
  await withRetry(send, policy({ sleep: () => Promise.resolve() }))(request, { signal });
  expect(discarded).toEqual([500, 429, 404]);
});

test("retries that are switched off", async () => {
  let count = 0;
  const send: Send = () => {
    count++;
    return Promise.resolve(answer(500));
  };
  await expect(withRetry(send, policy({ disabled: true }))(request, { signal })).rejects.toThrow("used up");
  expect(count).toBe(1);
});

test("an abort ends a wait with its reason", async () => {
  const controller = new AbortController();
  const retry = withRetry(() => Promise.resolve(answer(500)), policy({}));
  setTimeout(() => controller.abort(new Error("stopped")), 20);
  await expect(retry(request, { signal: controller.signal })).rejects.toThrow("stopped");
  await expect(sleep(0, controller.signal)).rejects.toThrow("stopped");
});

test("observers that fail change nothing, cached answers are not shown to them", async () => {
  const seen: boolean[] = [];
  const observe = (_: unknown, response: HttpResponse): void => {
    seen.push(response.fromCache);
    throw new Error("confused");
  };
  const warnings: string[] = [];
  const log = (level: string, message: string): void => void warnings.push(`${level} ${message}`);
  const credentials = { apply: (each: typeof request) => Promise.resolve(each), observe };
  for (const fromCache of [false, true]) {
    const send: Send = () => Promise.resolve({ ...answer(200), fromCache });
    await withRetry(send, policy({ credentials, log }))(request, { signal });
  }
  expect(seen).toEqual([false]);
  expect(warnings).toEqual([expect.stringMatching(/^WARN .*confused/)]);
});
