import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { configError } from "../../../errors.ts";
import { DOCKER_HUB } from "../reference.ts";

/** What a registry is told of who asks. */
export type Credentials =
  { readonly username: string; readonly password: string } | { readonly identityToken: string } | undefined;

export type Environment = Readonly<Record<string, string | undefined>>;

interface Config {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** What `docker login` keeps the credentials of Docker Hub under. */
const HUB_KEY = "https://index.docker.io/v1/";

/** What is left for other registries than the one whose account the variables name. */
export function withoutAccount(env: Environment): Environment {
  return { ...env, FERRY_REGISTRY_USERNAME: undefined, FERRY_REGISTRY_PASSWORD: undefined };
}

/**
 * The credentials for a registry: `FERRY_REGISTRY_USERNAME` and `FERRY_REGISTRY_PASSWORD`, else what `docker login` or `podman login` left, be it in
 * their files or with a credential helper; undefined for none.
 */
export async function credentialsFor(registry: string, env: Environment): Promise<Credentials> {
  const { FERRY_REGISTRY_USERNAME: username, FERRY_REGISTRY_PASSWORD: password } = env;
  if (username !== undefined && password !== undefined) return { username, password };
  for (const path of configFiles(env)) {
    if (!existsSync(path)) continue;
    const config = await readConfig(path);
    const key = registry === DOCKER_HUB ? HUB_KEY : registry;
    const helper = config.credHelpers?.[registry] ?? config.credHelpers?.[key] ?? config.credsStore;
    const found = (helper === undefined ? undefined : await ask(helper, key, env)) ?? stored(config, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function configFiles(env: Environment): readonly string[] {
  const docker = env["DOCKER_CONFIG"] ?? join(env["HOME"] ?? homedir(), ".docker");
  const runtime = env["XDG_RUNTIME_DIR"];
  return [
    ...(env["REGISTRY_AUTH_FILE"] === undefined ? [] : [env["REGISTRY_AUTH_FILE"]]),
    join(docker, "config.json"),
    ...(runtime === undefined ? [] : [join(runtime, "containers/auth.json")]),
  ];
}

async function readConfig(path: string): Promise<Config> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Config; // Docker's own file
  } catch (cause) {
    throw configError(`${path} is no JSON: the credentials of registries cannot be read from it.`, { cause });
  }
}

function stored({ auths = {} }: Config, registry: string): Credentials {
  const entry = auths[registry] ?? auths[`https://${registry}`] ?? auths[`https://${registry}/v1/`];
  if (entry === undefined) return undefined;
  if (entry.identitytoken !== undefined && entry.identitytoken !== "") return { identityToken: entry.identitytoken };
  const text = Buffer.from(entry.auth ?? "", "base64").toString();
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Asks `docker-credential-NAME`; undefined where it knows of none. */
function ask(name: string, registry: string, env: Environment): Promise<Credentials> {
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const child = execFile(program, ["get"], { env: { ...env }, timeout: 30_000 }, (error, stdout) => {
      if (error !== null && /credentials not found/.test(stdout)) return resolve(undefined);
      if (error !== null) {
        const why = "code" in error && error.code === "ENOENT" ? "it is not installed" : stdout.trim() || error.message;
        return reject(configError(`The credential helper ${program} gave nothing for ${registry}: ${why}.`));
      }
      const { Username: username, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string };
      resolve(username === "<token>" ? { identityToken: password } : { username, password });
    });
    child.stdin?.on("error", () => undefined); // a program that is not there cannot be written to
    child.stdin?.end(registry);
  });
}
