import { MAIN, type Bundle } from "../bundle/bundle.ts";
import { attestations } from "./attestations.ts";
import type { Base, ImageConfig } from "./base/base.ts";
import { jsonBlob, mediaTypes, type Blob, type Platform } from "./blob.ts";
import { foldersOf, makeLayer, type Layer } from "./layer.ts";

/** An image: an index, the manifests that it lists, and all blobs that these name. */
export interface Image {
  readonly index: Blob;
  /** Manifests of platforms, and of what attests to them. */
  readonly manifests: readonly Blob[];
  /** Configs and layers of all manifests, each once. */
  readonly blobs: readonly Blob[];
  /** The first platform's, for forms that hold but one. */
  readonly first: PlatformImage;
}

export interface PlatformImage {
  readonly platform: Platform;
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

export interface ImageOptions {
  readonly platforms: readonly Platform[];
  readonly base: Base;
  /** Seconds since 1970 that all of it is dated to: the same input gives the same digest. */
  readonly epoch: number;
  readonly labels?: Readonly<Record<string, string>>;
}

const OWNER = 1000; // the user `airbyte`
const CODE = "airbyte/integration_code";
const ENTRYPOINT = ["node", `/${CODE}/${MAIN}`];

/** Puts a connector onto a base. Its own layer is the same for every platform. */
export async function assemble(bundle: Bundle, options: ImageOptions): Promise<Image> {
  const layer = await connectorLayer(bundle, options.epoch);
  const images: PlatformImage[] = [];
  for (const platform of options.platforms) images.push(await onPlatform(bundle, layer, platform, options));
  const attested = images.map((image) => attestations(bundle, image, options));
  const manifests = [...images.map(({ manifest }) => manifest), ...attested.map(({ manifest }) => manifest)];
  const blobs = [
    ...images.flatMap(({ config, layers }) => [config, ...layers]),
    ...attested.flatMap((one) => one.blobs),
  ];
  return {
    index: jsonBlob(mediaTypes.index, {
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: manifests.map(({ descriptor }) => descriptor),
    }),
    manifests,
    blobs: unique(blobs),
    first: images[0]!,
  };
}

/** The first of each digest: one of the base may be mounted. */
const unique = (blobs: readonly Blob[]): Blob[] => [
  ...new Map(blobs.toReversed().map((blob) => [blob.descriptor.digest, blob])).values(),
];

function connectorLayer({ files }: Bundle, epoch: number): Promise<Layer> {
  const placed = files.map(({ path, content }) => ({
    path: `${CODE}/${path}`,
    content,
    owner: OWNER,
    mode: path === MAIN ? 0o755 : 0o644,
  }));
  const folders = foldersOf(placed.map(({ path }) => path)).map((path) => ({ path, owner: OWNER }));
  return makeLayer([...folders, ...placed], epoch);
}

async function onPlatform(
  bundle: Bundle,
  layer: Layer,
  platform: Platform,
  options: ImageOptions,
): Promise<PlatformImage> {
  const base = await options.base.image(platform);
  const created = new Date(options.epoch * 1000).toISOString();
  const { config: inherited = {}, rootfs, history = [] } = base.config;
  const environment = (inherited.Env ?? []).filter((one) => !one.startsWith("AIRBYTE_ENTRYPOINT="));
  const config: ImageConfig = {
    created,
    architecture: base.config.architecture,
    os: base.config.os,
    ...(base.config.variant === undefined ? {} : { variant: base.config.variant }),
    config: {
      User: `${OWNER}:${OWNER}`,
      Env: [...environment, `AIRBYTE_ENTRYPOINT=${ENTRYPOINT.join(" ")}`],
      Entrypoint: ENTRYPOINT,
      WorkingDir: `/${CODE}`,
      Labels: {
        ...inherited.Labels,
        "io.airbyte.name": bundle.name,
        "io.airbyte.version": bundle.version,
        "org.opencontainers.image.title": bundle.name,
        "org.opencontainers.image.version": bundle.version,
        ...(base.digest === undefined ? {} : { "org.opencontainers.image.base.digest": base.digest }),
        ...options.labels,
      },
    },
    rootfs: { type: "layers", diff_ids: [...rootfs.diff_ids, layer.diffId] },
    history: [...history, { created, created_by: "ferry image build", comment: `${bundle.name} ${bundle.version}` }],
  };
  const layers = [...base.layers, layer.blob];
  const configBlob = jsonBlob(mediaTypes.config, config);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: configBlob.descriptor,
    layers: layers.map(({ descriptor: { mediaType, digest, size } }) => ({ mediaType, digest, size })),
  };
  return { platform, config: configBlob, layers, manifest: jsonBlob(mediaTypes.manifest, manifest, { platform }) };
}
