/** Runs source-rest-api against a test server. */
import { configured, runConnector, startServer, type ConnectorRun, type Route, type Reply } from "ferry-cdk/testing";
import { restApi } from "../src/source.ts";

export type Api = Route | Readonly<Record<string, Route | Reply>>;
type Endpoint = Readonly<Record<string, unknown>>;

/** One endpoint named `items` at `/items`, changed by `endpoint`. */
export const config = (url: string, endpoint: Endpoint = {}, more: object = {}): Config => ({
  url_base: url,
  endpoints: [{ name: "items", path: "/items", ...endpoint }],
  ...more,
});
type Config = Readonly<Record<string, unknown>>;

export type Verb = "check" | "discover" | "read" | "incremental";

/** Runs a verb; `read` and `incremental` read the stream `items`. */
export function run(verb: Verb, given: Config, state?: unknown): Promise<ConnectorRun> {
  const reads = verb === "read" || verb === "incremental";
  return runConnector(restApi, [verb === "incremental" ? "read" : verb], {
    config: given as never, // the tests write JSON
    ...(reads ? { catalog: configured(["items", verb === "incremental" ? "incremental" : "full_refresh"]) } : {}),
    ...(state === undefined ? {} : { state: state as never }), // as above
  });
}

/** What an API was asked, shortly: `GET /items?page=2`. */
export async function ask(
  api: Api,
  endpoint: Endpoint = {},
  more: object = {},
): Promise<ConnectorRun & { readonly requests: readonly string[]; readonly items: readonly unknown[] }> {
  await using server = await startServer(api);
  const result = await run("read", config(server.url, endpoint, more));
  const requests = server.requests.map(
    ({ method, target, body }) => `${method} ${target}${body.length > 0 ? ` ${body.toString()}` : ""}`,
  );
  return { ...result, requests, items: result.records("items") };
}

/** Records with ids from..to-1. */
export const numbered = (from: number, to: number): { id: number }[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }));
