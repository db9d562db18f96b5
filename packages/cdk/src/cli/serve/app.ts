import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { allowsUnsafeCode } from "../../entrypoint/unsafe-code.ts";
import { refusal } from "./bearer.ts";
import { isEndpoint } from "./endpoints.ts";
import { openApi } from "./openapi.ts";
import { docsPage } from "./docs-page.ts";
import type { Question, Reply } from "./answer.ts";

export interface AppOptions {
  /** Works on a request that was let in. */
  readonly answer: (question: Question, signal: AbortSignal) => Promise<Reply>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Bytes that a request's body may have. */
  readonly bodyLimit: number;
  /** Told of each request that was answered. */
  readonly log: (line: string) => void;
}

/** The HTTP interface of the platform's manifest server. */
export function createApp({ answer, env, bodyLimit: maxSize, log }: AppOptions): Hono {
  const app = new Hono();
  const tooLarge = (context: Context): Response =>
    context.json({ detail: `The request is larger than ${Math.floor(maxSize / 1024)} KB.` }, 413);

  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    const who = context.res.headers.get(CONTEXT);
    context.res.headers.delete(CONTEXT);
    const { pathname } = new URL(context.req.url);
    const took = `${Math.round(performance.now() - start)} ms`;
    log([context.req.method, pathname, context.res.status, took, who].filter(Boolean).join(" "));
  });

  app.get("/health/", (context) => context.json({ status: "ok" }));
  app.get("/capabilities/", (context) => context.json({ custom_code_execution: allowsUnsafeCode(env) }));
  app.get("/openapi.json", (context) => context.json(openApi()));
  app.get("/docs", (context) => context.html(docsPage()));

  app.post("/v1/manifest/:endpoint", bodyLimit({ maxSize, onError: tooLarge }), async (context, next) => {
    const endpoint = context.req.param("endpoint");
    if (!isEndpoint(endpoint)) return next();
    const refused = await refusal(context.req.header("Authorization"), env["AB_JWT_SIGNATURE_SECRET"]);
    if (refused !== undefined) return context.json({ detail: refused }, 401, { "WWW-Authenticate": "Bearer" });
    const reply = await answer({ endpoint, body: await bodyOf(context) }, context.req.raw.signal);
    return new Response(reply.body, {
      status: reply.status,
      headers: { "Content-Type": "application/json", ...(reply.context ? { [CONTEXT]: reply.context } : {}) },
    });
  });

  app.notFound((context) => missing(context));
  app.onError((error, context) => {
    log(`${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
    return context.json({ detail: "Internal Server Error" }, 500);
  });
  return app;
}

/** Carries who asked from the answer to the log; never sent. */
const CONTEXT = "X-Ferry-Context";

/** What is not said to be JSON is a text, as FastAPI takes it. */
async function bodyOf({ req }: Context): Promise<string> {
  const text = await req.text();
  const type = req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return text === "" || /^application\/(?:.+\+)?json$/.test(type) ? text : JSON.stringify(text);
}

/** A path that only lacks, or has, its last slash leads on; one that is asked in another way says how. */
function missing(context: Context): Response {
  const { pathname, search } = new URL(context.req.url);
  const other = pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
  const [method, known] = [methodOf(pathname), methodOf(other)];
  if (method !== undefined) return context.json({ detail: "Method Not Allowed" }, 405, { Allow: method });
  if (known !== undefined) return context.redirect(other + search, 307);
  return context.json({ detail: "Not Found" }, 404);
}

function methodOf(path: string): string | undefined {
  if (["/health/", "/capabilities/", "/openapi.json", "/docs"].includes(path)) return "GET";
  const [, endpoint] = /^\/v1\/manifest\/([^/]+)$/.exec(path) ?? [];
  return endpoint !== undefined && isEndpoint(endpoint) ? "POST" : undefined;
}
