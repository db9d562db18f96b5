import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Component } from "../component.ts";
import { configError } from "../errors.ts";
import { copy, get, has, isObject, remove, type JsonObject } from "../json/value.ts";
import type { Arguments } from "./arguments.ts";
import { givenComponents, loadComponents } from "./components.ts";
import { COMMAND, genericSource, INJECTED } from "./generic-spec.ts";
import { codeKeys } from "./injected-code.ts";
import { readText, type Inputs } from "./inputs.ts";
import { runCommand, type Surroundings } from "./run-command.ts";
import { processSurroundings } from "./run-source.ts";
import type { Opened } from "./run-verb.ts";

/** Where an image keeps the manifest that it is made of. */
export const IMAGE_MANIFEST = "/airbyte/integration_code/source_declarative_manifest/manifest.yaml";

/**
 * Runs `source-declarative-manifest`. The manifest is the image's own, else the one of `--manifest-path`, else the one
 * within the config; `spec` without any gives the generic spec, which asks for a manifest in the config.
 * @param bundled the image's own components, where they are not in a file beside its manifest
 */
export function runDeclarative(
  argv: readonly string[],
  around: Surroundings = processSurroundings(),
  imageManifest: string = IMAGE_MANIFEST,
  bundled?: readonly Component[],
): Promise<number> {
  return runCommand((args, inputs) => openDeclarative(args, inputs, around.env, imageManifest, bundled), argv, around);
}

async function openDeclarative(
  args: Arguments,
  { config }: Inputs,
  env: Surroundings["env"],
  imageManifest: string,
  bundled: readonly Component[] | undefined,
): Promise<Opened> {
  const isImage = existsSync(imageManifest);
  const path = isImage ? imageManifest : args["manifest-path"];
  if (path === undefined && args.verb === "spec") return { source: genericSource };

  const [{ createDeclarativeSource }, { loadManifest }] = await Promise.all([
    import("../declarative-source.ts"),
    import("../manifest/load.ts"),
  ]);
  const file = path === undefined ? undefined : { path, text: await readText("manifest", path) };
  const manifest = file === undefined ? injected(config ?? {}) : loadManifest(file.text, file.path);
  const folder = path === undefined ? undefined : dirname(path);
  const components: Component[] = [];
  if (args.verb !== "spec") {
    if (bundled !== undefined) components.push(...bundled);
    else if (folder !== undefined) components.push(...(await loadComponents(folder)));
    const given = isImage ? undefined : args["components-path"];
    const around = { manifest, folder: folder ?? process.cwd(), env };
    components.push(...(await givenComponents({ path: given, config: config ?? {}, ...around })));
  }
  const isCommand = args.verb === "read" && config !== undefined && has(config, COMMAND);
  const around = { components, ...(folder === undefined ? {} : { folder }), ...(file === undefined ? {} : { file }) };
  const source = isCommand
    ? (await import("./builder/command.ts")).builderSource(manifest, around)
    : createDeclarativeSource({ manifest, ...around });
  return config === undefined ? { source } : { source, config: withoutReserved(config) };
}

function injected(config: JsonObject): JsonObject {
  const manifest = get(config, INJECTED);
  if (isObject(manifest)) return manifest;
  const wrong = manifest === undefined ? "There is no manifest" : "The manifest within the config is no object";
  throw configError(`${wrong}: give its file with --manifest-path, or put it into the config as "${INJECTED}".`, {
    code: "no-manifest",
  });
}

/** CONTROL messages repeat the config: manifest and code are no part of it. */
function withoutReserved(config: JsonObject): JsonObject {
  const own = copy(config);
  for (const key of [INJECTED, ...codeKeys]) remove(own, key);
  return own;
}
