/** A connector in a form that runs with Node and nothing else. */
export interface Bundle {
  /** As the registry calls it, such as `airbyte/source-orders`. */
  readonly name: string;
  readonly version: string;
  readonly files: readonly BundleFile[];
  /** The npm packages that went into it. */
  readonly packages: readonly BundledPackage[];
}

export interface BundleFile {
  /** Within the bundle's folder. */
  readonly path: string;
  readonly content: Uint8Array;
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The file that is run. */
export const MAIN = "main.mjs";
/** The connector as one script, where `main.mjs` only starts it. */
export const SCRIPT = "connector.cjs";
