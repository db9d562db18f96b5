import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { send, text, type Reply } from "./replies.ts";

/** A request as the server got it; the body is whole and, for convenience, also parsed where it is JSON. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path without the query, as sent (still percent-encoded). */
  readonly path: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body read as JSON; throws when it is none. */
  json(): unknown;
}

/** What answers a request. `count` is how often this route was asked before. */
export type Route = (request: ReceivedRequest, count: number) => Reply | Promise<Reply>;

export interface TestServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:41234`, with no slash at its end. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** The requests of this path. */
  requestsTo(path: string): readonly ReceivedRequest[];
  close(): Promise<void>;
}

/**
 * Starts a real HTTP server on a free port of 127.0.0.1. Routes are one function, or functions (or fixed replies) by
 * `"GET /path"` or `"/path"`; what no route takes is answered 404 with a body that says so.
 *
 * @example
 * await using server = await startServer({ "/users": ({ query }) => json({ page: query.get("page") }) });
 * const answer = await fetch(`${server.url}/users?page=2`);
 */
export async function startServer(routes: Route | Readonly<Record<string, Route | Reply>>): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const counts = new Map<string, number>();
  const find = typeof routes === "function" ? () => ["*", routes] as const : finder(routes);

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await received(incoming);
    requests.push(request);
    const [name, route] = find(request);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const reply = typeof route === "function" ? await route(request, count) : route;
    await send(reply, response);
  }

  await listening(server);
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    requestsTo: (path) => requests.filter((request) => request.path === path),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function finder(
  routes: Readonly<Record<string, Route | Reply>>,
): (request: ReceivedRequest) => readonly [string, Route | Reply] {
  const named = new Map(Object.entries(routes));
  return ({ method, path }) => {
    for (const name of [`${method} ${path}`, path]) {
      const route = named.get(name);
      if (route !== undefined) return [name, route];
    }
    return ["", text(`no route for ${method} ${path}`, { status: 404 })];
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const body = await buffer(incoming);
  const target = incoming.url ?? "/";
  const [path = "/", search = ""] = target.split(/\?(.*)/s);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = [value].flat().join(", ");
  return {
    method: incoming.method ?? "GET",
    path,
    target,
    query: new URLSearchParams(search),
    headers,
    body,
    json: () => JSON.parse(body.toString()) as unknown,
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve());
  });
}
