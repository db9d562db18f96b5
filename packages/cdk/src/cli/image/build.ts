import { configError } from "../../errors.ts";
import { bundleConnector } from "../bundle/bundle-connector.ts";
import type { Connector } from "../connector/open-connector.ts";
import { createProgress } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { assemble, type Image } from "./assemble.ts";
import { nodeOf } from "./base/base.ts";
import { openBase } from "./base/open-base.ts";
import { printReference, parseReference } from "./reference.ts";
import { parsePlatform, hostPlatform, platformName } from "./platform.ts";
import type { RegistryOptions } from "./registry/client.ts";

/** What `ferry image build` is told. */
export interface BuildOptions {
  /** The connector; undefined for `source-declarative-manifest`, whose manifest comes with its config. */
  readonly connector: Connector | undefined;
  readonly tag: string | undefined;
  readonly base: string;
  /** Such as `linux/amd64,linux/arm64`. */
  readonly platform: string | undefined;
  /** `oci:FOLDER`, `docker:FILE`, `registry`. */
  readonly output: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly registry: RegistryOptions;
}

export interface Built {
  readonly tag: string;
  readonly digest: string;
  readonly platforms: readonly string[];
  /** Bytes of the connector's own layer. */
  readonly ownLayer: number;
  readonly outputs: readonly string[];
}

/** Builds an image without a container engine, and writes it wherever it is wanted. */
export async function buildImage(options: BuildOptions, terminal: Terminal): Promise<Built> {
  const outputs = options.output.map(parseOutput);
  const isPushed = outputs.some(({ kind }) => kind === "registry");
  const target = isPushed ? targetOf(options.tag) : undefined; // what is wrong with it is told before the work
  const platforms = options.platform?.split(",").map(parsePlatform) ?? [hostPlatform()];
  const epoch = sourceDate(options.registry.env);
  const base = await openBase(options.base, options.registry, target);
  try {
    const bundle = await bundleConnector(options.connector, await nodeOf(base, platforms));
    const tag = options.tag ?? `${bundle.name}:${bundle.version}`;
    const image = await assemble(bundle, { base, platforms, epoch, labels: options.labels });
    const written: string[] = [];
    for (const output of outputs) written.push(await write(output, image, tag, epoch, options, terminal));
    return {
      tag,
      digest: image.index.descriptor.digest,
      platforms: platforms.map(platformName),
      ownLayer: image.first.layers.at(-1)!.descriptor.size,
      outputs: written,
    };
  } finally {
    await base.close?.();
  }
}

/** The registry that an image is sent to. */
function targetOf(tag: string | undefined): string {
  if (tag !== undefined) return parseReference(tag).registry;
  throw configError("Push where? Name the image with --tag REGISTRY/REPOSITORY:TAG.", { code: "bad-reference" });
}

type Output = { readonly kind: "oci" | "docker"; readonly path: string } | { readonly kind: "registry" };

function parseOutput(text: string): Output {
  if (text === "registry") return { kind: "registry" };
  const [, kind, path] = /^(oci|docker):(.+)$/s.exec(text) ?? [];
  if ((kind === "oci" || kind === "docker") && path !== undefined) return { kind, path };
  throw configError(`--output ${text} is not known: it is oci:FOLDER, docker:FILE or registry.`, {
    code: "bad-output",
  });
}

async function write(
  output: Output,
  image: Image,
  tag: string,
  epoch: number,
  { registry }: BuildOptions,
  terminal: Terminal,
): Promise<string> {
  if (output.kind === "oci") {
    const { writeLayout } = await import("./outputs/oci-layout.ts");
    await writeLayout(output.path, tag, image);
    return `oci:${output.path}`;
  }
  if (output.kind === "docker") {
    const { writeDockerArchive } = await import("./outputs/docker-archive.ts");
    await writeDockerArchive(output.path, localName(tag), image.first, epoch);
    return `docker:${output.path}`;
  }
  const { push } = await import("./outputs/push.ts");
  const reference = parseReference(tag);
  const progress = createProgress(terminal);
  const { there, mounted, sent, bytes } = await push(image, reference, registry, (done, all) => {
    progress.show(() => [`Pushing ${megabytes(done)} of ${megabytes(all)}`]);
  });
  progress.clear();
  return `${printReference(reference)} (${sent} blobs sent, ${megabytes(bytes)}; ${there} there, ${mounted} mounted)`;
}

/** The name with which `docker load` tags the image: it needs a tag. */
const localName = (tag: string): string => (/:[^/]+$/.test(tag) ? tag : `${tag}:latest`);

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;

/** Images are dated to `SOURCE_DATE_EPOCH`, else to 1970, so that the same input gives the same digest. */
function sourceDate(env: Readonly<Record<string, string | undefined>>): number {
  const given = env["SOURCE_DATE_EPOCH"];
  if (given === undefined || given === "") return 0;
  if (/^\d{1,11}$/.test(given)) return Number(given);
  throw configError(`SOURCE_DATE_EPOCH is "${given}": it has to be seconds since 1970.`, { code: "bad-epoch" });
}
