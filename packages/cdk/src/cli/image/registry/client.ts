import { configError, transientError } from "../../../errors.ts";
import { isHttpFailure } from "../../../http/failure.ts";
import { sleep as systemSleep, type Sleep } from "../../../http/sleep.ts";
import type { HttpRequest, HttpResponse, Send } from "../../../http/types.ts";
import { DOCKER_HUB } from "../reference.ts";
import { authorize, parseChallenge } from "./authorize.ts";
import { credentialsFor, type Environment } from "./credentials.ts";

export interface RegistryOptions {
  readonly send: Send;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Whether plain HTTP is used. */
  readonly insecure: boolean;
  readonly sleep?: Sleep;
}

/** Asks one registry, with credentials where it wants them, again where it is busy. */
export interface RegistryClient {
  readonly registry: string;
  /**
   * Sends a request of a repository. `path` follows `/v2/REPOSITORY/`, or is a whole URL.
   * @throws a config error where it is refused: statuses of 400 and more that are not expected
   */
  ask(repository: string, request: RegistryRequest): Promise<HttpResponse>;
}

export interface RegistryRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "PUT";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Statuses of 400 and more that the caller understands. */
  readonly expect?: readonly number[];
  readonly access?: "pull" | "pull,push";
  /** Another repository that is read from, for a mount. */
  readonly from?: string;
  /** Whether it is sent but once: where nobody knows how much of it arrived, it cannot be sent again as it is. */
  readonly once?: boolean;
}

const TRIES = 5;
/** Where Docker Hub is asked. */
const HUB_HOST = "registry-1.docker.io";

export function createRegistryClient(registry: string, options: RegistryOptions): RegistryClient {
  const { send, env, signal, insecure, sleep = systemSleep } = options;
  const root = `${insecure ? "http" : "https"}://${registry === DOCKER_HUB ? HUB_HOST : registry}/v2/`;
  const authorizations = new Map<string, string>();
  const credentials = once(() => credentialsFor(registry, env));

  async function patient(request: HttpRequest, tries = TRIES): Promise<HttpResponse> {
    for (let tried = 1; ; tried++) {
      try {
        const response = await send(request, { signal });
        const isBusy = response.status === 429 || response.status >= 500;
        if (!isBusy || tried >= tries) return response;
        await response.discard();
        await sleep(pause(response.headers.get("retry-after"), tried), signal);
      } catch (error) {
        if (!isHttpFailure(error)) throw error;
        if (tried >= tries || error.kind === "tls") {
          const hint = insecure ? "" : " Add --insecure where it speaks plain HTTP.";
          throw transientError(`The registry ${registry} cannot be asked: ${error.message}${hint}`, {
            code: "registry-unreachable",
            cause: error,
          });
        }
        await sleep(2 ** (tried - 1), signal);
      }
    }
  }

  return {
    registry,
    async ask(repository, { method, path, headers = {}, body, expect = [], access = "pull", from, once: isOnce }) {
      const url = /^https?:/.test(path)
        ? path
        : path.startsWith("/")
          ? new URL(path, root).href
          : `${root}${repository}/${path}`;
      const scope = [
        `repository:${repository}:${access}`,
        ...(from === undefined ? [] : [`repository:${from}:pull`]),
      ].join(" ");
      const ask = (): Promise<HttpResponse> => {
        const authorization = url.startsWith(root) ? authorizations.get(scope) : undefined;
        const shown = authorization === undefined ? headers : { ...headers, Authorization: authorization };
        return patient({ method, url, headers: shown, body }, isOnce === true ? 1 : TRIES);
      };
      let response = await ask();
      const challenge = response.status === 401 ? parseChallenge(response.headers.get("www-authenticate")) : undefined;
      if (challenge !== undefined) {
        const authorization = await authorize(challenge, await credentials(), scope, (request) => patient(request));
        if (authorization !== undefined) {
          await response.discard();
          authorizations.set(scope, authorization);
          response = await ask();
        }
      }
      if (response.status < 400 || expect.includes(response.status)) return response;
      throw refused(registry, repository, method, await response.text(), response.status);
    },
  };
}

function pause(retryAfter: string | undefined, tried: number): number {
  const stated = Number(retryAfter);
  return Number.isFinite(stated) && stated > 0 ? Math.min(stated, 300) : 2 ** (tried - 1);
}

function refused(registry: string, repository: string, method: string, text: string, status: number): Error {
  const told = reasons(text);
  const place = `${registry}/${repository}`;
  if (status === 401 || status === 403) {
    return configError(
      `${registry} refuses access to ${repository} (${status}${told}): log in with docker login ${registry}, or set ` +
        `FERRY_REGISTRY_USERNAME and FERRY_REGISTRY_PASSWORD.`,
      { code: "registry-denied" },
    );
  }
  if (status === 404) return configError(`${place} is not there (404${told}).`, { code: "registry-not-found" });
  return configError(`${place}: the registry answered ${method} with ${status}${told}.`, { code: "registry-refused" });
}

/** What the registry says in its own words. */
function reasons(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const errors = typeof body === "object" && body !== null && "errors" in body ? body.errors : [];
    const told = (Array.isArray(errors) ? errors : []).map((error: unknown) =>
      typeof error === "object" && error !== null && "message" in error ? String(error.message) : "",
    );
    return told.length === 0 ? "" : `, ${told.join(", ")}`;
  } catch {
    return ""; // a proxy's page
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
