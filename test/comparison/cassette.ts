import type { Json } from "ferry-cdk";
import { cut, startServer, text, type ReceivedRequest, type Reply, type TestServer } from "ferry-cdk/testing";
import { textOf, jsonOf } from "./canonical.ts";
import { BASE, type Answer, type CassetteReply, type SeenRequest } from "./case.ts";

/** A server that answers as the cassette says, by the rules of `test/cases/cassette.py`, and keeps what came. */
export interface CassetteServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

export async function serveCassette(answers: readonly Answer[], denied: boolean): Promise<CassetteServer> {
  const seen: SeenRequest[] = [];
  const played = new Map<Answer, number>();
  const server: TestServer = await startServer((received) => {
    const request = seenRequest(received, server.url);
    seen.push(request);
    const answer = find(answers, request);
    if (answer === undefined) return text("no answer for this request", { status: 404 });
    if (denied && answer.token !== true) {
      return text('{"message": "bad credentials"}', { status: 401, headers: { "content-type": "application/json" } });
    }
    const count = played.get(answer) ?? 0;
    played.set(answer, count + 1);
    return replyOf(answer.replies[Math.min(count, answer.replies.length - 1)]!, server.url);
  });
  return { url: server.url, seen, [Symbol.asyncDispose]: () => server.close() };
}

function replyOf(reply: CassetteReply, origin: string): Reply {
  if ("reset" in reply) return cut(text(""), 0);
  const { status, headers, body = "", base64 } = reply;
  const shown = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.replaceAll(BASE, origin)]);
  return {
    status,
    headers: Object.fromEntries(shown) as Record<string, string>,
    body: base64 === undefined ? Buffer.from(body.replaceAll(BASE, origin)) : Buffer.from(base64, "base64"),
  };
}

/** The answer that says most of a request; of equals, the first. */
function find(answers: readonly Answer[], request: SeenRequest): Answer | undefined {
  const text = searched(request.body);
  const says = ({ query, contains }: Answer): number => query.length + (contains === undefined ? 0 : 1);
  const fitting = answers.filter(
    ({ method, path, query, contains = "" }) =>
      method === request.method &&
      path === request.path &&
      query.every(([name, value]) => request.query.some(([n, v]) => n === name && v === value)) &&
      text.includes(contains),
  );
  return fitting.reduce<Answer | undefined>(
    (best, answer) => (best === undefined || says(answer) > says(best) ? answer : best),
    undefined,
  );
}

function searched(body: Json): string {
  if (body === null) return "";
  const { json, form, text: plain } = body as { json?: Json; form?: [string, string][]; text?: string };
  if (json !== undefined) return textOf(json);
  return plain ?? form!.map(([name, value]) => `${name}=${value}`).join("&");
}

function seenRequest(received: ReceivedRequest, origin: string): SeenRequest {
  const based = (value: string): string => value.replaceAll(origin, BASE);
  const headers = Object.entries(received.headers).map(([name, value]) => [name, based(value)] as const);
  return {
    method: received.method,
    path: decoded(received.path),
    query: sortedPairs([...received.query].map(([name, value]) => [name, based(value)])),
    body: bodyOf(based(received.body.toString()), received.headers["content-type"] ?? ""),
    headers: Object.fromEntries(headers),
  };
}

function bodyOf(body: string, type: string): Json {
  if (body === "") return null;
  const json = jsonOf(body);
  if (json !== undefined) return { json };
  return type.includes("form-urlencoded") ? { form: sortedPairs([...new URLSearchParams(body)]) } : { text: body };
}

function sortedPairs(pairs: readonly (readonly [string, string])[]): [string, string][] {
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return pairs
    .map(([name, value]): [string, string] => [name, value])
    .sort((a, b) => before(a[0], b[0]) || before(a[1], b[1]));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // not percent-encoded: as it was sent
  }
}
