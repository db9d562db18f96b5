import yaml from "js-yaml";
import { configError } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";
import { plainScalar } from "./scalar.ts";

/** Reads a manifest's text, YAML 1.1 as PyYAML reads it; JSON is YAML too. */
export function loadManifest(text: string): JsonObject {
  const manifest = yaml.load(text, { schema, json: true }) as Json; // the schema below makes nothing but Json
  if (!isObject(manifest)) throw configError("The manifest must be a mapping.", { code: "manifest-not-a-mapping" });
  return manifest;
}

const plain = new yaml.Type("tag:yaml.org,2002:plain", {
  kind: "scalar",
  resolve: (data: string | null) => data === null || plainScalar(data) !== data,
  construct: (data: string | null) => (data === null ? null : plainScalar(data)),
});
const merge = new yaml.Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (data) => data === "<<" });
const schema = yaml.FAILSAFE_SCHEMA.extend({ implicit: [plain, merge] });
