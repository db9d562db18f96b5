import type { Blob, Platform } from "../blob.ts";
import { hostPlatform, isPlatform } from "../platform.ts";

/** What an image is built on: one image for each of its platforms. */
export interface Base {
  /** How people call it. */
  readonly name: string;
  /** @throws a config error that names the platforms there are, where this one is missing */
  image(platform: Platform): Promise<BaseImage>;
  /** The executable on this machine that is the base's Node, where the base was made of it. */
  readonly node?: string;
  /** Removes what was unpacked for it. */
  close?(): Promise<void>;
}

export interface BaseImage {
  readonly layers: readonly Blob[];
  readonly config: ImageConfig;
  /** The digest of its manifest, where it has one. */
  readonly digest?: string;
}

/** The config of an image, as OCI defines it. */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly created?: string;
  readonly config?: {
    readonly Env?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly WorkingDir?: string;
    readonly User?: string;
    readonly Labels?: Readonly<Record<string, string>>;
  };
  readonly rootfs: { readonly type: "layers"; readonly diff_ids: readonly string[] };
  readonly history?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The executable on this machine that is the Node of an image: the one it was made of, or this one where the image says that it has
 * the same version (as official ones do, in `NODE_VERSION`). undefined where there is none.
 */
export async function nodeOf(base: Base, platforms: readonly Platform[]): Promise<string | undefined> {
  if (base.node !== undefined) return base.node;
  if (process.platform !== "linux") return undefined;
  const own = platforms.find((platform) => isPlatform(platform, hostPlatform()));
  if (own === undefined) return undefined;
  const { config } = await base.image(own);
  return config.config?.Env?.includes(`NODE_VERSION=${process.versions.node}`) === true ? process.execPath : undefined;
}
