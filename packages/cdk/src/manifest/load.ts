import { configError } from "../errors.ts";
import { isObject, type JsonObject } from "../json/value.ts";
import { readYaml } from "../yaml/read.ts";
import { YamlFault } from "../yaml/reading.ts";

/** Reads a manifest's text, YAML 1.1 as PyYAML reads it; JSON is YAML too. */
export function loadManifest(text: string, file = "manifest.yaml"): JsonObject {
  try {
    const manifest = readYaml(text);
    if (isObject(manifest)) return manifest;
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    const { line, column } = positionOf(text, fault.offset);
    throw configError(`${file}:${line}:${column}: ${fault.message}`, { code: "manifest-syntax", cause: fault });
  }
  throw configError(`${file} is empty, or no mapping: a manifest starts with "version: …".`, {
    code: "manifest-not-a-mapping",
  });
}

/** Line and column of an offset, both from 1. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
