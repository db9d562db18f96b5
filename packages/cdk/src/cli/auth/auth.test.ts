import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createSend } from "../../http/send.ts";
import { json, text } from "../../testing/replies.ts";
import { startServer, type ReceivedRequest, type TestServer } from "../../testing/server.ts";
import { fakePlace, type FakePlace } from "../run/place-for-test.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { login, type LoginOptions } from "./login.ts";
import { refreshTokens } from "./refresh.ts";
import { authStatus } from "./status.ts";

/** An authorization server that keeps to the standard: codes work once, with what was said when they were asked for. */
function authorizationServer(): Promise<TestServer> {
  const codes = new Map<string, URLSearchParams>();
  let issued = 0;
  const refuse = (why: string) => json({ error: "invalid_grant", error_description: why }, { status: 400 });
  function token(body: URLSearchParams) {
    const asked = codes.get(body.get("code") ?? "");
    if (asked === undefined) return refuse("no such code");
    codes.delete(body.get("code")!);
    if (body.get("client_secret") !== "shh") return refuse(`the secret ${body.get("client_secret")} is wrong`);
    if (body.get("redirect_uri") !== asked.get("redirect_uri")) return refuse("another redirect_uri");
    const challenge = asked.get("code_challenge");
    const verified = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    if (challenge !== null && verified !== challenge) return refuse("the verifier is another one");
    return json({ data: { access_token: `a${++issued}`, refresh_token: `r${issued}` }, expires_in: 3600 });
  }
  return startServer({
    "/authorize": ({ query }) => {
      const back = new URL(query.get("redirect_uri")!);
      if (query.get("client_id") === "denied") back.searchParams.set("error", "access_denied");
      else if (query.get("client_id") !== "forgetful") {
        const code = `c${codes.size}/+1`;
        codes.set(code, query);
        back.searchParams.set("code", code);
      }
      back.searchParams.set("state", query.get("client_id") === "forged" ? "other" : query.get("state")!);
      return text("", { status: 302, headers: { location: back.href } });
    },
    "POST /token": ({ body }) => token(new URLSearchParams(body.toString())),
    "POST /json": ({ json: parsed }) => token(new URLSearchParams(parsed() as Record<string, string>)),
    "POST /renew": () => json({ access_token: "a9", refresh_token: "r9", expires_in: 60 }),
    "POST /empty": json({ ok: true }),
    "POST /page": text("<html>"),
    "/users": ({ headers }: ReceivedRequest) =>
      /^Bearer a\d/.test(headers["authorization"] ?? "") ? json([{ id: 1 }]) : json({}, { status: 401 }),
  });
}

const FLOW = `
      oauth_connector_input_specification:
        consent_url: "{{ where }}/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}&code_challenge={{ state_value | codechallengeS256 }}&code_challenge_method=S256"
        access_token_url: "{{ where }}/token"
        access_token_headers: { Content-Type: application/x-www-form-urlencoded }
        access_token_params: { grant_type: authorization_code, code: "{{ auth_code_value }}", client_id: "{{ client_id_value }}", client_secret: "{{ client_secret_value }}", redirect_uri: "{{ redirect_uri_value }}", code_verifier: "{{ state_value }}" }
        scope: read all
        state: { min: 43, max: 128 }
        extract_output: [data.access_token, data.refresh_token, expires_in]
      oauth_user_input_from_connector_config_specification:
        properties: { where: { type: string, path_in_connector_config: [url] } }
      complete_oauth_output_specification:
        required: [access_token]
        properties:
          access_token: { type: string, path_in_connector_config: [credentials, access_token] }
          refresh_token: { type: string, path_in_connector_config: [credentials, refresh_token] }
          token_expiry_date: { type: string, path_in_connector_config: [credentials, token_expiry_date] }
      complete_oauth_server_output_specification:
        properties:
          client_id: { type: string, path_in_connector_config: [credentials, client_id] }
          client_secret: { type: string, path_in_connector_config: [credentials, client_secret] }`;

const manifest = (flow: string): string => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
    retriever:
      type: SimpleRetriever
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      requester:
        type: HttpRequester
        url_base: "{{ config['url'] }}"
        path: /users
        authenticator:
          type: OAuthAuthenticator
          client_id: "{{ config['credentials']['client_id'] }}"
          client_secret: "{{ config['credentials']['client_secret'] }}"
          refresh_token: "{{ config['credentials']['refresh_token'] }}"
          token_refresh_endpoint: "{{ config['url'] }}/renew"
          refresh_token_updater: {}
spec:
  type: Spec
  connection_specification: { type: object, properties: { url: { type: string }, credentials: { type: object } } }
${flow === "" ? "" : `  advanced_auth:\n    auth_flow_type: oauth2.0\n    predicate_key: [credentials, auth_type]\n    predicate_value: OAuth\n    oauth_config_specification:${flow}`}
`;

interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly server: TestServer;
  config(): Promise<Record<string, unknown>>;
}

async function connector({
  flow = FLOW,
  config,
}: { flow?: string; config?: object | undefined } = {}): Promise<Folder> {
  const server = await authorizationServer();
  const path = await mkdtemp(join(tmpdir(), "ferry-auth-"));
  await writeFile(join(path, "manifest.yaml"), manifest(flow));
  const credentials = { client_id: "me", client_secret: "shh" };
  await writeFile(join(path, "config.json"), JSON.stringify({ url: server.url, credentials, ...config }));
  return {
    path,
    server,
    config: async () => JSON.parse(await readFile(join(path, "config.json"), "utf8")) as Record<string, unknown>,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(path, { recursive: true });
    },
  };
}

/** Signs in; a browser does as it is told, or someone follows the URL that is printed. */
async function signIn(
  folder: Folder,
  options: Partial<LoginOptions> = {},
  kind: "terminal" | "pipe" = "terminal",
): Promise<{ code: number; place: FakePlace; pages: string[] }> {
  const place = fakePlace(kind);
  const pages: string[] = [];
  const visits: Promise<void>[] = [];
  const visit = async (url: string): Promise<void> => void pages.push(await (await fetch(url)).text());
  const follow = options.browser === false || kind === "pipe";
  const terminal = {
    ...place.terminal,
    complain(text: string) {
      place.terminal.complain(text);
      const [, url] = /Sign in at:\n\n {2}(\S+)/.exec(text) ?? [];
      if (follow && url !== undefined) visits.push(visit(url));
    },
  };
  const code = await login(
    { target: folder.path, browser: true, timeout: 5, check: true, ...options },
    {
      terminal,
      surroundings: { ...place.surroundings, env: { ID: "me", SECRET: "shh" } },
      send: createSend({}),
      open: (url) => void visits.push(visit(url)),
    },
  );
  await Promise.all(visits);
  return { code, place, pages };
}

const stored = ["/credentials/access_token", "/credentials/refresh_token", "/credentials/token_expiry_date"];

test("a sign-in stores tokens for their owner alone, and tries the connection", async () => {
  await using folder = await connector();
  const file = join(folder.path, "config.json");
  await chmod(file, 0o644);
  const { code, place, pages } = await signIn(folder);
  expect([code, pages]).toEqual([0, [expect.stringContaining("Consent given")]]);
  expect(place.terminal.out()).toBe(`✓ Signed in: ${stored.join(", ")} stored in ${file}\n✓ The connection works.\n`);
  expect(place.terminal.err()).toMatch(/\n {2}http.*\/authorize\?.*scope=read\+all&state=[\w.-]{64}&code_challenge=/);
  expect((await folder.config())["credentials"]).toEqual({
    client_id: "me",
    client_secret: "shh",
    auth_type: "OAuth",
    access_token: "a1",
    refresh_token: "r1",
    token_expiry_date: expect.stringMatching(/^\d{4}-.*Z$/) as string,
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("on a pipe no browser opens, and the result is JSON", async () => {
  await using folder = await connector();
  const { code, place } = await signIn(folder, {}, "pipe");
  expect([code, JSON.parse(place.terminal.out())]).toEqual([
    0,
    { stored, files: [join(folder.path, "config.json")], check: { status: "SUCCEEDED" } },
  ]);
});

test("what the command line gives is stored as it is written; there may be no config yet", async () => {
  const flow = FLOW.replaceAll("{{ where }}", "WHERE");
  await using folder = await connector({ flow });
  const path = join(folder.path, "manifest.yaml");
  await writeFile(path, (await readFile(path, "utf8")).replaceAll("WHERE", folder.server.url));
  await rm(join(folder.path, "config.json"));
  const { code } = await signIn(folder, { clientId: "${env:ID}", clientSecret: "${env:SECRET}", check: false });
  expect([code, (await folder.config())["credentials"]]).toMatchObject([
    0,
    { client_id: "${env:ID}", client_secret: "${env:SECRET}", access_token: "a1" },
  ]);
  expect((await stat(join(folder.path, "config.json"))).mode & 0o777).toBe(0o600);
});

test("references stay: new tokens go into the files and the .env that they stand for", async () => {
  const credentials = {
    client_id: "me",
    client_secret: "shh",
    access_token: "${file:token.txt}",
    refresh_token: "${env:FERRY_TEST_REFRESH}",
  };
  await using folder = await connector({ config: { credentials } });
  await writeFile(join(folder.path, "token.txt"), "old\n");
  await writeFile(join(folder.path, ".env"), "# mine\nexport FERRY_TEST_REFRESH='old'\nOTHER=1\n");
  await signIn(folder);
  expect((await folder.config())["credentials"]).toMatchObject({ ...credentials, auth_type: "OAuth" });
  expect(await readFile(join(folder.path, "token.txt"), "utf8")).toBe("a1\n");
  expect(await readFile(join(folder.path, ".env"), "utf8")).toBe("# mine\nexport FERRY_TEST_REFRESH=r1\nOTHER=1\n");
});

test.each<[string, (flow: string) => string, Partial<LoginOptions>]>([
  [
    "parameters as JSON",
    (flow) => flow.replace("application/x-www-form-urlencoded", "application/json").replace("/token", "/json"),
    {},
  ],
  [
    "parameters as JSON where nothing says so",
    (flow) => flow.replace(/access_token_headers.*/, "").replace("/token", "/json"),
    {},
  ],
  [
    "the older form, where each field says its place in the answer",
    (flow) =>
      flow
        .replace(/extract_output.*/, "")
        .replaceAll(
          /path_in_connector_config: \[credentials, (\w+_token)\]/g,
          "$&, path_in_oauth_response: [data, $1]",
        ),
    {},
  ],
  ["another redirect URI", (flow) => flow, { redirectUri: "http://localhost:0/callback" }],
  ["a URL that someone follows", (flow) => flow, { browser: false }],
])("signs in with %s", async (_, change, options) => {
  await using folder = await connector({ flow: change(FLOW) });
  const { redirectUri } = options;
  const port = redirectUri === undefined ? undefined : await freePort();
  const { code } = await signIn(folder, { ...options, redirectUri: redirectUri?.replace(":0", `:${port}`) });
  expect([code, (await folder.config())["credentials"]]).toMatchObject([
    0,
    { access_token: "a1", refresh_token: "r1" },
  ]);
});

async function freePort(): Promise<string> {
  await using server = await startServer({});
  return new URL(server.url).port;
}

test("a specification without addresses gets them from the command line, and the standard's flow with PKCE", async () => {
  const flow = FLOW.replace(/oauth_connector_input[\s\S]*?(?=oauth_user)/, "").replaceAll(
    /path_in_connector_config: \[credentials, (\w+_token)\]/g,
    "$&, path_in_oauth_response: [data, $1]",
  );
  await using folder = await connector({ flow });
  const { url } = folder.server;
  await expect(signIn(folder)).rejects.toThrow("Give --consent-url URL (the API's authorization endpoint) and --token");
  await signIn(folder, { consentUrl: `${url}/authorize`, tokenUrl: `${url}/token`, scope: "x" });
  expect((await folder.config())["credentials"]).toMatchObject({ access_token: "a1", refresh_token: "r1" });
  const [asked] = folder.server.requestsTo("/authorize");
  expect([asked?.query.get("scope"), asked?.query.get("code_challenge_method")]).toEqual(["x", "S256"]);
});

const as = (clientId: string, secret = "shh") => ({
  config: { credentials: { client_id: clientId, client_secret: secret } },
});
test.each<[string, Parameters<typeof connector>[0], Partial<LoginOptions>, string | RegExp]>([
  [
    "no OAuth in the manifest",
    { flow: "" },
    {},
    "describes no sign-in by OAuth: its specification has no advanced_auth",
  ],
  ["consent refused", as("denied"), {}, "Consent was refused: the API says access_denied. Nothing was changed."],
  ["another state", as("forged"), {}, "The state that came back is not the one that was sent"],
  ["no code", as("forgetful"), {}, "The API sent no code back: it sent state."],
  ["a wrong secret", as("me", "hush-hush"), {}, /\/token refuses with status 400: .*the secret \*\*\*\* is wrong/],
  [
    "no client",
    { config: { credentials: {} } },
    {},
    "The client's id is missing: put it into the config at /credentials/client_id",
  ],
  ["no user input", { config: { url: undefined } }, {}, "The sign-in needs where: put it into the config at /url."],
  [
    "an answer without tokens",
    { flow: FLOW.replace("/token", "/empty") },
    {},
    "has no data.access_token, no data.refresh_token, no expires_in: it has ok.",
  ],
  [
    "an answer that is no JSON",
    { flow: FLOW.replace("/token", "/page") },
    {},
    "/page answered 200, but no JSON: <html>",
  ],
  [
    "a token endpoint that is not there",
    { flow: FLOW.replace("{{ where }}/token", "http://127.0.0.1:1/token") },
    {},
    "The token endpoint http://127.0.0.1:1/token gave no answer",
  ],
  [
    "a consent URL that is none",
    { flow: FLOW.replace("{{ where }}/authorize", "{{ nothing }}") },
    {},
    'consent_url comes to "?response_type',
  ],
  ["a config on the command line", {}, { config: "{}" }, "give --config as a file"],
  [
    "nobody who comes back",
    { flow: FLOW.replace("/authorize", "/nowhere") },
    { timeout: 0.1 },
    "Nobody came back from the sign-in within 0.1 s. Does the API know the redirect URI http://127.0.0.1:",
  ],
])("fails for %s, and leaves the config as it was", async (_, given, options, problem) => {
  await using folder = await connector(given);
  const before = await folder.config();
  await expect(signIn(folder, options)).rejects.toThrow(problem);
  expect(await folder.config()).toEqual(before);
});

test("a connection that does not work after all makes the exit code 1; the tokens are kept", async () => {
  const flow = FLOW.replace("[data.access_token, data", "[data").replace("required: [access_token]", "");
  await using folder = await connector({
    flow,
    config: {
      credentials: {
        client_id: "me",
        client_secret: "shh",
        access_token: "x",
        token_expiry_date: "2999-01-01T00:00:00Z",
      },
    },
  });
  const { code, place } = await signIn(folder);
  expect([code, place.terminal.out()]).toEqual([1, expect.stringContaining("✗ The connection does not work: ")]);
  expect((await folder.config())["credentials"]).toMatchObject({ refresh_token: "r1" });
});

test.each(["terminal", "pipe"] as const)("status tells what is set, not what it is (%s)", async (kind) => {
  await using folder = await connector();
  const before = fakeTerminal(kind);
  expect(await authStatus({ target: folder.path }, before)).toBe(1);
  await signIn(folder);
  const after = fakeTerminal(kind);
  expect(await authStatus({ target: folder.path }, after)).toBe(0);
  expect(before.out() + after.out()).not.toMatch(/shh|a1|r1/);
  if (kind === "pipe") {
    expect(JSON.parse(after.out())).toMatchObject({
      isSignedIn: true,
      fields: [{ path: "/credentials/client_id" }, {}, {}, {}, { isExpired: false }],
    });
  } else {
    expect(before.out()).toMatch(/\/credentials\/refresh_token +missing\n[^]*Not signed in/);
    expect(after.out()).toMatch(/\/credentials\/refresh_token +set\n.*token_expiry_date +set +valid until \d{4}/);
  }
});

test.each(["terminal", "pipe"] as const)("refresh renews tokens that are still good (%s)", async (kind) => {
  await using folder = await connector();
  await signIn(folder);
  const terminal = fakeTerminal(kind);
  expect(await refreshTokens({ target: folder.path }, terminal)).toBe(0);
  expect(terminal.out()).toContain("/credentials/access_token");
  expect((await folder.config())["credentials"]).toMatchObject({ access_token: "a9", refresh_token: "r9" });
});
