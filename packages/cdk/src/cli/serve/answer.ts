import { createDeclarativeSource } from "../../declarative-source.ts";
import { openBuilderManifest } from "../../entrypoint/builder/builder-manifest.ts";
import { fullyResolved } from "../../entrypoint/builder/resolve.ts";
import { testRead } from "../../entrypoint/builder/test-read.ts";
import { prepareConfig, problemsMessage } from "../../entrypoint/prepare-config.ts";
import { createSecrets } from "../../entrypoint/secrets.ts";
import { configError, isConnectorError } from "../../errors.ts";
import { sleep, type Sleep } from "../../http/sleep.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { copy, get, has, isObject, remove, type Json, type JsonObject } from "../../json/value.ts";
import { migrateManifest } from "../../manifest/migrate.ts";
import { resolveManifest } from "../../manifest/resolve.ts";
import { errorMessage } from "../../protocol/error-trace.ts";
import { parseState } from "../../protocol/incoming-state.ts";
import type { AirbyteStream, ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import type { SourceRun } from "../../source.ts";
import { componentsOf, configOf, bringsCode, member } from "./custom-code.ts";
import { endpoints, type EndpointName } from "./endpoints.ts";
import { fault, validateRequest } from "./validate-request.ts";

/** What is to be answered. Bodies go as texts, so that whoever hands them on need not read them. */
export interface Question {
  readonly endpoint: EndpointName;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Who asked, where the request says so: for the log. */
  readonly context?: string;
  /** Whether the process may have been changed, so that nothing else is to be done in it. */
  readonly spent?: boolean;
}

/** Does what a request asks for. Never throws: what goes wrong is an answer too. */
export async function answer({ endpoint, body }: Question, signal: AbortSignal, pause: Sleep = sleep): Promise<Reply> {
  const read = readBody(endpoint, body);
  if ("faults" in read) return reply(422, { detail: read.faults });
  const request = read.value;
  const secrets = createSecrets();
  const run: SourceRun = {
    emit: () => undefined,
    log: { error: ignore, warn: ignore, info: ignore, debug: ignore },
    signal,
    sleep: (seconds) => pause(seconds, signal),
    now: () => Date.now(),
    secret: secrets.add,
    limits: { pages: 5 },
    test: { slices: 5 },
  };
  const more = { context: contextOf(request), spent: bringsCode(request) };
  try {
    return { ...reply(200, await work[endpoint](request, run)), ...more };
  } catch (error) {
    return { ...reply(400, { detail: secrets.mask(errorMessage(error)) }), ...more };
  }
}

const ignore = (): void => undefined;
const reply = (status: number, body: Json): Reply => ({ status, body: printJson(body) });

function readBody(endpoint: EndpointName, text: string): ReturnType<typeof validateRequest> {
  if (text === "") return { faults: [fault("missing", ["body"], "Field required", null)] };
  try {
    return validateRequest(endpoints[endpoint].request, parseJson(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { position, problem } = error;
    return { faults: [fault("json_invalid", ["body", position], "JSON decode error", {}, { error: problem })] };
  }
}

const work: Readonly<Record<EndpointName, (request: JsonObject, run: SourceRun) => Promise<JsonObject>>> = {
  async test_read(request, run) {
    const limits = {
      maxRecords: Number(request["record_limit"]),
      maxPages: Number(request["page_limit"]),
      maxSlices: Number(request["slice_limit"]),
    };
    const manifest = await opened(request);
    const catalog = catalogOf(String(request["stream_name"]));
    const state = parseState(get(request, "state") ?? []);
    return testRead(manifest, { config: configOf(request), catalog, state, limits }, run);
  },

  async check(request, run) {
    const { source, config, problems } = await connected(request, run);
    if (problems.length > 0) return { success: false, message: problemsMessage(problems) };
    try {
      const { status, message } = await source.check(config, run);
      return { success: status === "SUCCEEDED", message: message ?? null };
    } catch (error) {
      if (!isConnectorError(error) || error.failureType !== "config_error") throw error;
      return { success: false, message: error.message };
    }
  },

  async discover(request, run) {
    const { source, config, problems } = await connected(request, run);
    if (problems.length > 0) throw configError(problemsMessage(problems));
    const { streams } = await source.discover(config, run);
    return { catalog: { streams: streams.map(whole) } };
  },

  resolve: async (request) => ({ manifest: (await opened(request)).shown }),

  async full_resolve(request, run) {
    const manifest = await opened(request);
    return { manifest: await fullyResolved(manifest, configOf(request), Number(request["stream_limit"]), run) };
  },
};

/** The platform's builder puts its wishes into the manifest. */
function manifestOf(request: JsonObject): { manifest: JsonObject; migrate: boolean; normalize: boolean } {
  const manifest = copy(member(request, "manifest"));
  const wishes = { migrate: get(manifest, MIGRATE) === true, normalize: get(manifest, NORMALIZE) === true };
  for (const wish of [MIGRATE, NORMALIZE]) if (has(manifest, wish)) remove(manifest, wish);
  return { manifest, ...wishes };
}
const MIGRATE = "__should_migrate";
const NORMALIZE = "__should_normalize";

async function opened(request: JsonObject): ReturnType<typeof openBuilderManifest> {
  const { manifest, ...wishes } = manifestOf(request);
  return openBuilderManifest(manifest, wishes, { components: await componentsOf(request, manifest) });
}

async function connected(request: JsonObject, run: SourceRun) {
  const { manifest, migrate } = manifestOf(request);
  const source = createDeclarativeSource({
    manifest: migrate ? migrateManifest(resolveManifest(manifest)) : manifest,
    components: await componentsOf(request, manifest),
  });
  return { source, ...(await prepareConfig(source, await source.spec(run), configOf(request), run)) };
}

/** The stream with all its members; what it has not is null. */
function whole(stream: AirbyteStream): JsonObject {
  return {
    name: stream.name,
    json_schema: stream.json_schema,
    supported_sync_modes: stream.supported_sync_modes,
    source_defined_cursor: stream.source_defined_cursor ?? null,
    default_cursor_field: stream.default_cursor_field ?? null,
    source_defined_primary_key: stream.source_defined_primary_key ?? null,
    namespace: stream.namespace ?? null,
    is_resumable: stream.is_resumable ?? null,
    is_file_based: stream.is_file_based ?? null,
  };
}

function catalogOf(name: string): ConfiguredAirbyteCatalog {
  return {
    streams: [
      {
        stream: { name, json_schema: {}, supported_sync_modes: ["full_refresh", "incremental"] },
        sync_mode: "incremental",
        destination_sync_mode: "overwrite",
      },
    ],
  };
}

/** The ids of who asks, short and on one line: they come from outside. */
function contextOf(request: JsonObject): string {
  const context = get(request, "context");
  if (!isObject(context)) return "";
  return ["workspace_id", "project_id"]
    .flatMap((name) => {
      const id = get(context, name);
      return typeof id === "string" && id !== "" ? [`${name}=${id.replaceAll(/[^\w.:-]/g, "?").slice(0, 64)}`] : [];
    })
    .join(" ");
}
