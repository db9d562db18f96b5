import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaOfSample } from "../../json-schema/infer-schema.ts";
import { keyCandidates } from "../../json-schema/key-candidates.ts";
import { fromEntries, entries, get, isList, type Json, type JsonObject } from "../../json/value.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import { existingCassette } from "../connector/cassette-of.ts";
import { configureCatalog } from "../connector/configure-catalog.ts";
import { openConnector } from "../connector/open-connector.ts";
import { declaredStreams } from "../schema/declared-streams.ts";
import { hasFields } from "../schema/has-fields.ts";
import { sampleStreams } from "../schema/sample-streams.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { printDeclarations } from "./declarations.ts";
import { printZod } from "./zod-schemas.ts";

export interface TypesOptions {
  readonly target: string;
  readonly out: string | undefined;
  readonly only: "types" | "zod" | undefined;
  readonly stream: string | undefined;
  readonly replay: string | undefined;
  readonly config: string | undefined;
}

/** A stream as its types are written: its name, and the schema of its records. */
export interface TypedStream {
  readonly name: string;
  readonly schema: JsonObject;
}

/** Writes, or prints, the types of all streams. */
export async function writeTypes(options: TypesOptions, terminal: Terminal): Promise<0> {
  const { target, out, only, stream, replay, config } = options;
  const connector = await openConnector(target);
  const declared = await declaredStreams(connector, config, replay);
  const { streams } = configureCatalog(declared, stream === undefined ? undefined : [stream]);
  const silent = streams.map((each) => each.stream).filter(({ json_schema }) => !hasFields(json_schema));
  const cassette = silent.length === 0 ? undefined : existingCassette(connector, replay);
  const found =
    cassette !== undefined
      ? await sampleStreams(connector, { records: undefined, stream, replay, config: declared.config })
      : undefined;
  const typed = streams.map(({ stream: each }): TypedStream => {
    if (hasFields(each.json_schema)) return { name: each.name, schema: withRequired(each) };
    const root = found?.samples.get(each.name)?.root;
    if (found === undefined || root === undefined) {
      terminal.complain(`${each.name}: it declares no fields, and there are no records to infer them from.\n`);
      return { name: each.name, schema: each.json_schema };
    }
    terminal.complain(`${each.name}: inferred from ${root.count} records of ${found.from}.\n`);
    const key =
      each.source_defined_primary_key?.flat() ??
      keyCandidates(root)
        .slice(0, 1)
        .map(({ field }) => field);
    const schema = schemaOfSample(root, { anyNull: false, detailed: true }, key);
    return { name: each.name, schema: withRequired({ ...each, json_schema: schema }) };
  });
  const files = new Map<string, string>();
  if (only !== "zod") files.set("records.d.ts", await printDeclarations(typed, connector.name));
  if (only !== "types") files.set("records.zod.ts", printZod(typed, connector.name));
  if (out === undefined) {
    terminal.print([...files.values()].join("\n"));
    return 0;
  }
  await mkdir(out, { recursive: true });
  for (const [name, content] of files) {
    await writeFile(join(out, name), content);
    terminal.complain(`Written: ${join(out, name)}\n`);
  }
  return 0;
}

/** What a record cannot do without: its key and its cursor are always there. */
function withRequired({
  json_schema: schema,
  source_defined_primary_key: key,
  default_cursor_field: cursor,
}: AirbyteStream): JsonObject {
  const stated = get(schema, "required");
  const always = [...(key ?? []), ...(cursor === undefined ? [] : [cursor])].flatMap((path) =>
    path.length === 1 ? path : [],
  );
  const known = get(schema, "properties");
  const names = new Set([...(stated !== undefined && isList(stated) ? stated.map(String) : []), ...always]);
  const required = entries(known === undefined ? {} : (known as JsonObject))
    .map(([name]) => name)
    .filter((name) => names.has(name)); // hasFields says so
  return fromEntries([
    ...entries(schema).filter(([name]) => name !== "required"),
    ["required", required satisfies Json],
  ]);
}
