import { configError } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";
import { readYaml } from "../yaml/read.ts";
import { YamlFault } from "../yaml/reading.ts";

/** Reads a manifest's text, YAML 1.1 as PyYAML reads it; JSON is YAML too. */
export function loadManifest(text: string, file = "manifest.yaml"): JsonObject {
  const manifest = loadYaml(text, file, "manifest-syntax");
  if (isObject(manifest)) return manifest;
  throw configError(`${file} is empty, or no mapping: a manifest starts with "version: …".`, {
    code: "manifest-not-a-mapping",
  });
}

/**
 * Reads the YAML of a file.
 * @throws a config error that names file, line and column where it is none
 */
export function loadYaml(text: string, file: string, code: string): Json {
  try {
    return readYaml(text);
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    const { line, column } = positionOf(text, fault.offset);
    throw configError(`${file}:${line}:${column}: ${fault.message}`, { code, cause: fault });
  }
}

/** Line and column of an offset, both from 1. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
