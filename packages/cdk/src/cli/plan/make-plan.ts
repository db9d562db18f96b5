import { routeFetch } from "../../cassette/fetch.ts";
import { createScrubber } from "../../cassette/scrub.ts";
import { createSecrets } from "../../entrypoint/secrets.ts";
import { configError } from "../../errors.ts";
import { bodyText } from "../../http/body-text.ts";
import type { Answer, HttpRequest, RequestOrigin, Transport } from "../../http/types.ts";
import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { runVerb, type VerbInputs } from "../connector/run-verb.ts";
import type { Connector } from "../connector/open-connector.ts";
import type { ManifestFacts } from "./manifest-facts.ts";

/** A request that a read would send. Secrets are hidden. */
export interface PlannedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface PlannedSlice {
  readonly slice: RequestOrigin["slice"];
  readonly requests: PlannedRequest[];
}

export interface Plan {
  /** Those of no stream, such as for a token. */
  readonly before: readonly PlannedRequest[];
  readonly streams: ReadonlyMap<
    string,
    { readonly slices: readonly PlannedSlice[]; readonly problem: string | undefined }
  >;
}

export interface PlanOptions {
  /** So many slices of each stream. */
  readonly slices: number;
  readonly catalog: ConfiguredAirbyteCatalog | undefined;
}

/**
 * Reads without a network: every request gets an empty answer, those of parent streams one record whose values say where they
 * would come from. What is asked is the plan.
 */
export async function makePlan(
  connector: Connector,
  inputs: VerbInputs,
  facts: ManifestFacts | undefined,
  { slices, catalog }: PlanOptions,
): Promise<Plan> {
  const secrets = createSecrets();
  const scrubber = createScrubber();
  const before: PlannedRequest[] = [];
  const streams = new Map<string, { slices: PlannedSlice[]; problem: string | undefined }>();
  const asked = new Set<string>();

  const shown = (request: HttpRequest): PlannedRequest => {
    const { method, url, headers } = request;
    const body = bodyText(request);
    const text = (value: string): string => named(scrubber.text(secrets.mask(value)));
    return {
      method,
      url: text(url),
      headers: Object.fromEntries(
        scrubber.headers(Object.entries(headers)).map(([name, value]) => [name, text(value)]),
      ),
      body: body === undefined ? undefined : text(body),
    };
  };
  const of = (name: string): { slices: PlannedSlice[]; problem: string | undefined } => {
    const known = streams.get(name) ?? { slices: [], problem: undefined };
    streams.set(name, known);
    return known;
  };
  function note(request: HttpRequest, origin: RequestOrigin | undefined): void {
    if (origin === undefined) {
      before.push(shown(request));
      return;
    }
    const stream = of(origin.stream);
    let slice = stream.slices.find((each) => each.slice === origin.slice);
    if (slice === undefined) stream.slices.push((slice = { slice: origin.slice, requests: [] }));
    slice.requests.push(shown(request));
  }
  const transport: Transport =
    () =>
    async (request, { origin }) => {
      const key = `${request.method} ${request.url} ${String(request.body)}`;
      if (asked.has(key)) {
        // A parent that several streams read is asked the same again; who asks without end waits for another answer.
        if (origin !== undefined && facts?.answers.has(origin.stream) !== true) throw configError(DEPENDS);
      } else {
        asked.add(key);
        note(request, origin);
      }
      if (origin === undefined) return answerOf(TOKENS);
      return answerOf((origin.token === undefined ? facts?.answers.get(origin.stream) : undefined) ?? []);
    };

  const unroute = routeFetch(transport);
  try {
    await runVerb(
      connector,
      "read",
      { ...inputs, catalog },
      {
        secrets,
        transport,
        sleep: async () => {},
        limits: { slices, pages: 1 },
        onRecords: () => undefined,
        onMessage(message) {
          const error = message.type === "TRACE" ? message.trace.error : undefined;
          if (error?.stream_descriptor !== undefined) of(error.stream_descriptor.name).problem = error.message;
          else if (error !== undefined && streams.size === 0) of("").problem = error.message;
        },
      },
    );
  } finally {
    unroute();
  }
  return { before, streams };
}

const DEPENDS = "What comes next depends on the answer.";

/** What a token endpoint may answer: names that say where they come from. */
const TOKENS: Json = {
  access_token: "{access_token}",
  refresh_token: "{refresh_token}",
  token_type: "Bearer",
  expires_in: 3600,
};

function answerOf(content: Json): Answer {
  const body = Buffer.from(printJson(content));
  return {
    status: 200,
    headers: ["content-type", "application/json"],
    body: (async function* () {
      yield body;
    })(),
    discard: () => Promise.resolve(),
  };
}

/** Names of values as they are, not percent-encoded. */
const named = (text: string): string =>
  text.replace(/%7B([\w.%-]+?)%7D/gi, (_, name: string) => `{${decodeURIComponent(name)}}`);
