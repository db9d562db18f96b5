// Makes packages/cdk/src/protocol/messages.gen.ts from airbyte_protocol.yaml beside it.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { compile } from "json-schema-to-typescript";
import { parse } from "yaml";

const folder = new URL("../packages/cdk/src/protocol/", import.meta.url);

export async function messageTypes() {
  const schema = parse(await readFile(new URL("airbyte_protocol.yaml", folder), "utf8"));
  const types = await compile(schema, "AirbyteProtocol", {
    additionalProperties: false,
    bannerComment: [
      "// Made by `node scripts/generate-messages.mjs` from airbyte_protocol.yaml: change that file, then run it again.",
      'import type { Float, JsonObject } from "../json/value.ts";',
    ].join("\n"),
    style: { printWidth: 120 },
  });
  // An alias can be passed where a JSON object is asked for, an interface can't.
  return types.replace(/^export interface (\w+) \{\n(.*?)^\}$/gms, "export type $1 = {\n$2};");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile(new URL("messages.gen.ts", folder), await messageTypes());
}
