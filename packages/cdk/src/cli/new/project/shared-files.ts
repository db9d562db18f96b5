import type { Json, JsonObject } from "../../../json/value.ts";
import { prettyJson } from "../../../json/pretty.ts";
import { dockerfileOf, dockerignore, ownPackage } from "../../image/dockerfile.ts";
import { isSecret } from "../config-fields.ts";
import type { ConfigField } from "../draft.ts";
import { writeYaml } from "../write-yaml.ts";
import { acceptanceConfig } from "./acceptance-config.ts";
import { iconOf } from "./icon.ts";
import { metadataOf, type Language } from "./metadata.ts";
import type { Names } from "./names.ts";
import { releaseWorkflow, testWorkflow } from "./workflows.ts";

/** What all connectors have beside what they are made of. */
export interface Shared {
  readonly names: Names;
  readonly language: Language;
  readonly hosts: readonly string[];
  readonly documentationUrl: string;
  readonly fields: readonly ConfigField[];
  /** The commands of its tests. */
  readonly steps: readonly string[];
}

/** By their paths. */
export function sharedFiles({ names, language, hosts, documentationUrl, fields, steps }: Shared): Map<string, string> {
  const json = (value: Json): string => `${prettyJson(value)}\n`;
  const member = (value: (field: ConfigField) => Json): JsonObject =>
    Object.fromEntries(fields.filter(({ required }) => required).map((field) => [field.name, value(field)]));
  const secrets = fields.filter(isSecret);
  return new Map([
    ["metadata.yaml", writeYaml(metadataOf(names, language, hosts, documentationUrl))],
    ["icon.svg", iconOf(names)],
    ["acceptance-test-config.yml", acceptanceConfig(names, [])],
    ["config.example.json", json(member((field) => (isSecret(field) ? `\${env:${variable(field)}}` : field.example)))],
    ["test/config.json", json(member(({ example }) => example))],
    [".env.example", environment(secrets)],
    [".gitignore", "node_modules\ndist\n/config.json\n.env\n"],
    [".github/workflows/test.yml", testWorkflow(steps)],
    [".github/workflows/release.yml", releaseWorkflow(steps)],
    ["Dockerfile", dockerfileOf({ name: `local/${names.name}`, version: "0.1.0", place: ".", install: ownPackage })],
    [".dockerignore", dockerignore],
  ]);
}

const variable = ({ name }: ConfigField): string => name.toUpperCase();

function environment(secrets: readonly ConfigField[]): string {
  const head =
    "# Copy this to .env and fill it in; config.json takes what is secret from there. Neither is committed.\n";
  return head + secrets.map((field) => `${variable(field)}=\n`).join("");
}
