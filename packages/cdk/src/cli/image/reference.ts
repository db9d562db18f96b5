import { configError } from "../../errors.ts";

/** Where an image is kept: `REGISTRY/REPOSITORY:TAG` or `…@sha256:…`. */
export interface Reference {
  /** Host and port. */
  readonly registry: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly tag: string;
}

/** Docker Hub, as people name it. */
export const DOCKER_HUB = "docker.io";
const HUB_NAMES = new Set([DOCKER_HUB, "index.docker.io", "registry-1.docker.io"]);

const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads the name of an image. The registry has to be named, as no default is better than a wrong one.
 * @throws a config error that says which part is wrong
 */
export function parseReference(text: string): Reference {
  const wrong = (reason: string): Error =>
    configError(
      `"${text}" names no image: ${reason}. Write REGISTRY/REPOSITORY:TAG, such as localhost:5000/source-orders:0.1.0.`,
      {
        code: "bad-reference",
      },
    );
  const slash = text.indexOf("/");
  const named = text.slice(0, Math.max(slash, 0));
  const registry = HUB_NAMES.has(named) ? DOCKER_HUB : named;
  if (slash < 0 || !(registry.includes(".") || registry.includes(":") || registry === "localhost")) {
    throw wrong("it does not say which registry");
  }
  const path = text.slice(slash + 1);
  const rest = registry === DOCKER_HUB && !path.includes("/") ? `library/${path}` : path;
  const at = rest.indexOf("@");
  if (at >= 0) {
    const repository = rest.slice(0, at).replace(/:[^/:]*$/, "");
    if (!REPOSITORY.test(repository)) throw wrong(`"${repository}" is no repository's name`);
    if (!DIGEST.test(rest.slice(at + 1))) throw wrong(`"${rest.slice(at + 1)}" is no sha256 digest`);
    return { registry, repository, tag: rest.slice(at + 1) };
  }
  const colon = rest.lastIndexOf(":");
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? "latest" : rest.slice(colon + 1);
  if (!REPOSITORY.test(repository))
    throw wrong(`"${repository}" is no repository's name (lower case letters, digits, . _ - /)`);
  if (!TAG.test(tag)) throw wrong(`"${tag}" is no tag`);
  return { registry, repository, tag };
}

export const printReference = ({ registry, repository, tag }: Reference): string =>
  `${registry}/${repository}${tag.startsWith("sha256:") ? "@" : ":"}${tag}`;
