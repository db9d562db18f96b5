import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { configError } from "../../errors.ts";

/** Waits on this machine for the browser to come back from the API's sign-in. */
export interface RedirectListener {
  /** Where the API sends the browser to. */
  readonly redirectUri: string;
  /** The parameters that the browser brings. */
  readonly arrived: Promise<URLSearchParams>;
  close(): void;
}

export interface ListenOptions {
  /** A free one when left out, or 0. */
  readonly port?: number | undefined;
  /** The whole address as the API knows it, where it is another one. Its path counts; and its port, where it is of this machine. */
  readonly redirectUri?: string | undefined;
  /** What is wrong with what the browser brings, undefined for nothing: shown there. */
  readonly problemOf: (parameters: URLSearchParams) => string | undefined;
}

const PATH = "/auth_flow";
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** @throws a config error where the port is taken */
export async function listenForRedirect({ port, redirectUri, problemOf }: ListenOptions): Promise<RedirectListener> {
  const given = redirectUri === undefined ? undefined : parse(redirectUri);
  const own = given !== undefined && LOOPBACK.has(given.hostname) ? Number(given.port || 80) : undefined;
  const path = given?.pathname ?? PATH;
  let arrive: (parameters: URLSearchParams) => void = () => undefined;
  const arrived = new Promise<URLSearchParams>((resolve) => (arrive = resolve));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method !== "GET" || url.pathname !== path) {
      response.writeHead(404, { "content-type": "text/plain", connection: "close" }).end("There is nothing here.\n");
      return;
    }
    const problem = problemOf(url.searchParams);
    response
      .writeHead(problem === undefined ? 200 : 400, {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        connection: "close", // a browser would keep it, and so this process
      })
      .end(page(problem));
    arrive(url.searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE" || error.code === "EACCES";
      const place = `port ${port ?? own ?? 0} of 127.0.0.1`;
      reject(
        taken
          ? configError(`The ${place} cannot be listened on: ${error.message}. Choose another one with --port.`)
          : error,
      );
    });
    server.listen(port ?? own ?? 0, given?.hostname === "[::1]" ? "::1" : "127.0.0.1", resolve);
  });
  const { port: bound } = server.address() as AddressInfo; // a TCP server has no other kind of address
  return {
    redirectUri: redirectUri ?? `http://127.0.0.1:${bound}${PATH}`,
    arrived,
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function parse(redirectUri: string): URL {
  if (URL.canParse(redirectUri) && /^https?:/.test(redirectUri)) return new URL(redirectUri);
  throw configError(
    `--redirect-uri ${redirectUri} is no URL: give it as the API knows it, such as http://localhost:8123/callback.`,
  );
}

const page = (problem: string | undefined): string =>
  `<!doctype html><meta charset="utf-8"><title>Ferry</title><body style="font:1.1rem system-ui;margin:4rem auto;max-width:34rem">` +
  (problem === undefined
    ? `<h1>Consent given</h1><p>Ferry gets the tokens now, and says in the terminal what came of it. You may close this window.`
    : `<h1>Not signed in</h1><p>${escape(problem)}`) +
  `\n`;

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
