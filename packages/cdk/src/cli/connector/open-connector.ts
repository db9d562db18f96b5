import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { configError } from "../../errors.ts";
import { loadComponents } from "../../entrypoint/components.ts";
import { readText } from "../../entrypoint/inputs.ts";
import type { LoadOptions } from "../../entrypoint/modules/load-module.ts";
import type { OpenSource } from "../../entrypoint/run-verb.ts";
import { isImage, openImage } from "./open-image.ts";
import { namesSource, openPackage } from "./open-package.ts";

/** What a command needs to run a connector in this process. */
export interface Connector {
  /** As people call it: the folder's name, or the package's. */
  readonly name: string;
  /** The folder that it lives in: the files beside it are the connector's, `.env` among them. */
  readonly folder: string;
  /** The path of its manifest, undefined for a source in code that has none. */
  readonly manifestPath?: string;
  /** The path of the module that exports its source, undefined for a manifest. */
  readonly entryPath?: string;
  /** Makes its source; what changed on disk since the last time is seen, JavaScript modules only where `again` was given. */
  readonly open: OpenSource;
}

const MANIFESTS = ["manifest.yaml", "manifest.yml"];

/**
 * The connector that a command line names: a manifest's file, a folder with `manifest.yaml`, or with the `package.json` of a
 * source in code, or an image.
 * @throws a config error that says what is there instead
 */
export async function openConnector(target = ".", options: LoadOptions = {}): Promise<Connector> {
  const path = resolve(target);
  if (!existsSync(path)) {
    if (isImage(target)) return openImage(target);
    throw configError(`There is no ${target}: name a manifest's file, or the folder of a connector.`, { code: NONE });
  }
  if (!statSync(path).isDirectory()) {
    if (/\.(?:ya?ml|json)$/i.test(path)) return manifestConnector(path, options);
    if (/\.[cm]?[jt]s$/i.test(path)) return openPackage(dirname(path), path, options);
    throw configError(`${target} is no connector: a manifest's name ends with .yaml, .yml or .json.`, { code: NONE });
  }
  const manifest = MANIFESTS.map((name) => join(path, name)).find((file) => existsSync(file));
  // A manifest that a source in code reads is one part of it, so the code is the connector.
  if (manifest !== undefined && (await namesSource(path))) {
    const always: LoadOptions = options.again === true ? { again: "always" } : options; // the manifest is read as it loads
    return { ...(await openPackage(path, undefined, always)), manifestPath: manifest };
  }
  if (manifest !== undefined) return manifestConnector(manifest, options);
  if (existsSync(join(path, "package.json"))) return openPackage(path, undefined, options);
  throw configError(
    `${target} is no connector: it has neither a manifest.yaml nor the package.json of a source in code.`,
    { code: NONE },
  );
}

const NONE = "no-connector";

function manifestConnector(manifestPath: string, options: LoadOptions): Connector {
  const folder = dirname(manifestPath);
  return {
    name: basename(folder),
    folder,
    manifestPath,
    async open() {
      const [{ createDeclarativeSource }, { loadManifest }] = await Promise.all([
        import("../../declarative-source.ts"),
        import("../../manifest/load.ts"),
      ]);
      const file = { path: manifestPath, text: await readText("manifest", manifestPath) };
      const manifest = loadManifest(file.text, manifestPath);
      const components = await loadComponents(folder, options);
      return { source: createDeclarativeSource({ manifest, components, folder, file }) };
    },
  };
}
