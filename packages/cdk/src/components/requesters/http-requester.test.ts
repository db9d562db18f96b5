import { afterEach, expect, test } from "vitest";
import { cut, json, silence, status, text, type Reply } from "../../testing/replies.ts";
import { startServer, type ReceivedRequest } from "../../testing/server.ts";
import { component, type Component, type Run } from "../../component.ts";
import { withHeaders } from "../../http/headers.ts";
import { openHttp } from "../../http/send.ts";
import type { Outcome } from "../../http/types.ts";
import type { JsonObject } from "../../json/value.ts";
import type { ApiBudget, Authenticator, Requester } from "../../roles.ts";
import { components } from "../registry.ts";
import { buildForTest, type Built } from "../shared/build-for-test.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Setting {
  readonly reply: (request: ReceivedRequest, count: number) => Reply;
  readonly spec?: JsonObject;
  readonly run?: Partial<Run>;
  readonly more?: readonly Component[];
}
interface Trial extends Built<"requester"> {
  readonly send: (path?: string) => Promise<Outcome>;
  readonly asked: readonly ReceivedRequest[];
}
const context = { slice: { partition: {}, interval: {}, extra: {} }, token: undefined };

/** A requester at work on a real server. Retries wait next to nothing. */
async function trial({ reply, spec = {}, run = {}, more = [] }: Setting): Promise<Trial> {
  const server = await startServer(reply);
  const http = openHttp({});
  open.push(() => server.close(), http.close);
  const handler = {
    type: "DefaultErrorHandler",
    backoff_strategies: [{ type: "ConstantBackoffStrategy", backoff_time_in_seconds: "-0.999" }],
  };
  const whole = { type: "HttpRequester", url: `${server.url}/v1`, error_handler: handler, ...spec };
  const within = { name: "things" };
  const built = buildForTest("requester", whole, {
    components: [...components, ...more],
    run: { send: http.send, ...run },
    within,
  });
  return { ...built, asked: server.requests, send: (path) => built.component.send(context, [], path) };
}
const answered = async (outcome: Promise<Outcome>): Promise<unknown> => {
  const result = await outcome;
  return "response" in result ? await result.response?.json() : result.action;
};

test("a page whose connection breaks is asked for again", async () => {
  const long = { rows: "x".repeat(100_000) };
  const { send, asked } = await trial({ reply: (_, count) => (count < 2 ? cut(json(long), 50_000) : json(long)) });
  expect(await answered(send())).toEqual(long);
  expect(asked.length).toBe(3);
});

test("errors of the server are retried, and the stream fails when the retries are used up", async () => {
  const { send, asked, logs } = await trial({ reply: () => status(500), spec: {} });
  await expect(send()).rejects.toMatchObject({ failureType: "transient_error", stream: "things" });
  expect(asked.length).toBe(6);
  expect(logs.filter((line) => line.startsWith("INFO")).length).toBe(5);
});

test("a rate limit is told to the platform", async () => {
  const { send, messages } = await trial({ reply: (_, count) => (count === 0 ? status(429) : json({ ok: 1 })) });
  expect(await answered(send())).toEqual({ ok: 1 });
  expect(messages).toMatchObject([
    {
      type: "TRACE",
      trace: {
        stream_status: {
          stream_descriptor: { name: "things" },
          status: "RUNNING",
          reasons: [{ type: "RATE_LIMITED" }],
        },
      },
    },
  ]);
});

test("a failure says what the API says", async () => {
  const { send } = await trial({
    reply: () => json({ errors: [{ detail: "no such field" }] }, { status: 422 }),
    spec: {
      error_handler: {
        type: "DefaultErrorHandler",
        response_filters: [
          { type: "HttpResponseFilter", http_codes: [422], action: "FAIL", failure_type: "config_error" },
        ],
      },
    },
  });
  await expect(send()).rejects.toMatchObject({
    failureType: "config_error",
    message: expect.stringContaining("no such field") as string,
  });
});

test("what is ignored is given back, an error's answer with nothing left to read", async () => {
  const filters = [{ type: "HttpResponseFilter", http_codes: [404], action: "IGNORE" }];
  const { send } = await trial({
    reply: () => status(404),
    spec: { error_handler: { type: "DefaultErrorHandler", response_filters: filters } },
  });
  expect(await send()).toMatchObject({ action: "IGNORE", response: { status: 404 } });
});

test("a cached answer costs no call of the budget", async () => {
  const calls: string[] = [];
  const budget: ApiBudget = {
    acquire: ({ url }) => Promise.resolve(void calls.push(`acquire ${new URL(url).pathname}`)),
    observe: (_, { status: code }) => void calls.push(`observe ${code}`),
  };
  const { send, asked } = await trial({
    reply: (_, count) => json({ count }),
    spec: { use_cache: true },
    run: { budget },
  });
  expect([await answered(send()), await answered(send()), await answered(send("other"))]).toEqual([
    { count: 0 },
    { count: 0 },
    { count: 1 },
  ]);
  expect(asked.map(({ path }) => path)).toEqual(["/v1", "/v1/other"]);
  expect(calls).toEqual(["acquire /v1", "observe 200", "acquire /v1/other", "observe 200"]);
});

test("a server that keeps silent is given up after the read timeout", async () => {
  const handler = { type: "DefaultErrorHandler", max_retries: 0 };
  const { send } = await trial({
    reply: () => silence,
    spec: { read_timeout_in_seconds: 0.1, error_handler: handler },
  });
  await expect(send()).rejects.toThrow("too long");
});

test("a token that is refused is refreshed once", async () => {
  let token = 1;
  const refreshing: Component<"authenticator"> = component({
    kind: "authenticator",
    type: "Refreshing",
    schema: (_, z) => z.object({}),
    create: (): Authenticator => ({
      apply: (request) => Promise.resolve(withHeaders(request, { Authorization: `t${token}` })),
      options: () => Promise.resolve({ headers: { Authorization: `t${token}` } }),
      refresh() {
        token++;
        return Promise.resolve();
      },
    }),
  });
  const filters = [{ type: "HttpResponseFilter", http_codes: [401], action: "REFRESH_TOKEN_THEN_RETRY" }];
  const backoff_strategies = [{ type: "ConstantBackoffStrategy", backoff_time_in_seconds: "-0.999" }];
  const { send, asked } = await trial({
    reply: ({ headers }) => (headers["authorization"] === "t2" ? json({ ok: 1 }) : status(401)),
    spec: {
      authenticator: { type: "Refreshing" },
      error_handler: { type: "DefaultErrorHandler", response_filters: filters, backoff_strategies },
    },
    more: [refreshing],
  });
  expect(await answered(send())).toEqual({ ok: 1 });
  expect(asked.map(({ headers }) => headers["authorization"])).toEqual(["t1", "t2"]);
});

test("requests of one requester at the same time keep apart", async () => {
  const { component: requester } = await trial({
    reply: ({ query }) => text(query.get("id") ?? ""),
    spec: { request_parameters: { id: "{{ stream_slice.id }}" } },
  });
  const ask = async (requester_: Requester, id: number): Promise<string | undefined> => {
    const outcome = await requester_.send({ ...context, slice: { ...context.slice, partition: { id } } }, []);
    return "response" in outcome ? await outcome.response?.text() : undefined;
  };
  const answers = await Promise.all([1, 2, 3, 4, 5].map((id) => ask(requester, id)));
  expect(answers).toEqual(["1", "2", "3", "4", "5"]);
});
