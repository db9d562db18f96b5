import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { ManifestFile, Run } from "../component.ts";
import { configError, type ConnectorError } from "../errors.ts";
import type { JsonObject } from "../json/value.ts";
import { nearest } from "../protocol/nearest.ts";
import type { Kind } from "../roles.ts";
import { nameOfClass, type Language } from "./language.ts";
import { positionOf } from "./load.ts";
import { stubOf } from "./stub.ts";

/** A class that a manifest names, and that the connector does not bring along. */
export interface UnknownClass {
  readonly className: string;
  readonly kind: Kind;
  /** What is wrong, and what there is instead. */
  readonly message: string;
  /** TypeScript to begin it with. */
  readonly stub: string;
}

/**
 * Tells a component that names a class which is not there.
 * @param folder where the connector's own files are
 */
export function unknownClass(
  language: Language,
  spec: JsonObject,
  folder: string | undefined,
): UnknownClass | undefined {
  const className = spec["class_name"];
  const kind = language.components.get(String(spec["type"]))?.kind;
  if (typeof className !== "string" || kind === undefined || language.classOf(spec) !== undefined) return undefined;
  const type = nameOfClass(className);
  const file = folder === undefined ? "components.ts" : join(folder, "components.ts");
  const own = language.own.map((component) => component.type);
  const near = nearest(type, own);
  const there =
    own.length === 0
      ? `${file}, where it belongs, ${folder !== undefined && existsSync(file) ? "exports no components" : "is not there"}.`
      : `The connector has: ${own.join(", ")}.${near === undefined ? "" : ` Did you mean ${near}?`}`;
  return {
    className,
    kind,
    message: `There is no component ${type}, which the manifest names as ${className}. ${there}${near === undefined ? python(className, folder) : ""}`,
    stub: stubOf(language, kind, type, spec),
  };
}

/** Whoever brings a connector over from Python has the class, but in a form that is of no use here. */
function python(className: string, folder: string | undefined): string {
  const file = folder === undefined ? undefined : join(folder, "components.py");
  if (file !== undefined && existsSync(file)) {
    return ` ${basename(file)} may have it, but components written in Python cannot run here.`;
  }
  return className.includes(".") ? " Components written in Python cannot run here." : "";
}

/** The same for who runs the connector: with its place in the manifest, and what to write. */
export function classError({ className, message, stub }: UnknownClass, run: Run, stream: string): ConnectorError {
  const place = run.manifest === undefined ? "" : `${placeOfClass(run.manifest, className)}: `;
  const details = { code: "unknown-custom-component", ...(stream === "" ? {} : { stream }) };
  return configError(
    `${place}${message} Write it in TypeScript, and export it from components.ts:\n\n${stub}`,
    details,
  );
}

/** Where a manifest's text names a class first, such as `manifest.yaml:14:23`; the path alone where it cannot be found. */
function placeOfClass({ path, text }: ManifestFile, className: string): string {
  const offset = text.indexOf(className);
  if (offset < 0) return path;
  const { line, column } = positionOf(text, offset);
  return `${path}:${line}:${column}`;
}
