import type { Blob, Platform } from "../blob.ts";

/** What an image is built on: one image for each of its platforms. */
export interface Base {
  /** How people call it. */
  readonly name: string;
  /** @throws a config error that names the platforms there are, where this one is missing */
  image(platform: Platform): Promise<BaseImage>;
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
