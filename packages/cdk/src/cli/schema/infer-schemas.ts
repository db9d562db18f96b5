import { completeSchema } from "../../json-schema/complete-schema.ts";
import { driftOf } from "../../json-schema/drift.ts";
import { schemaOfSample, type Trust } from "../../json-schema/infer-schema.ts";
import { cursorCandidates, keyCandidates, type Candidate } from "../../json-schema/key-candidates.ts";
import type { FieldSample } from "../../json-schema/record-sample.ts";
import { prettyJson } from "../../json/pretty.ts";
import { get, isObject, keys, type JsonObject } from "../../json/value.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import { formatOf } from "../terminal/format.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { hasFields } from "./has-fields.ts";
import { compare, type SchemaOptions } from "./options.ts";
import { writeSchemas } from "./write-schemas.ts";

interface Proposal {
  readonly stream: string;
  readonly records: number;
  readonly schema: JsonObject;
  /** What is new in it: paths of fields. */
  readonly changes: readonly string[];
  readonly primaryKeys: readonly Candidate[];
  readonly cursors: readonly Candidate[];
}

const TRUST: Trust = { anyNull: false, detailed: true };

/** Prints, or writes, a schema for each stream that has records. Gives 1 where there are no records at all. */
export async function inferSchemas(
  options: SchemaOptions & { readonly format: "text" | "json" | undefined; readonly write: boolean },
  terminal: Terminal,
): Promise<0 | 1> {
  const { streams, samples, connector, from } = await compare(options);
  const proposals = streams.flatMap((stream) => {
    const root = samples.get(stream.name)?.root;
    if (root === undefined) terminal.complain(`${stream.name}: there are no records in ${from}.\n`);
    return root === undefined ? [] : [propose(stream, root)];
  });
  if (options.write) {
    const changed = new Map(
      proposals.filter(({ changes }) => changes.length > 0).map((each) => [each.stream, each.schema]),
    );
    for (const line of await writeSchemas(connector, changed)) terminal.complain(`${line}\n`);
  }
  if (formatOf(options.format, terminal, "json") === "json") {
    const told = proposals.map(({ primaryKeys, cursors, ...rest }) => ({
      ...rest,
      primary_key: primaryKeys,
      cursor_field: cursors,
    }));
    terminal.print(`${prettyJson({ from, streams: told } as never)}\n`); // of plain values
  } else for (const each of proposals) terminal.print(printed(each, terminal));
  return proposals.length === 0 ? 1 : 0;
}

function propose(
  { name, json_schema, source_defined_primary_key: key, default_cursor_field: cursor }: AirbyteStream,
  root: FieldSample,
): Proposal {
  const primaryKeys = keyCandidates(root);
  const cursors = cursorCandidates(root);
  const isEmpty = !hasFields(json_schema);
  const certain = [...(key?.flat() ?? [primaryKeys[0]?.field]), ...(cursor ?? [])].filter(
    (field) => field !== undefined,
  );
  const schema = isEmpty ? schemaOfSample(root, TRUST, certain) : completeSchema(json_schema, root, TRUST);
  const drift = driftOf(root, isEmpty ? {} : json_schema).filter(({ kind }) => !["unseen", "missing"].includes(kind));
  return {
    stream: name,
    records: root.count,
    schema,
    changes: [...new Set(drift.map(({ path }) => path))],
    primaryKeys,
    cursors,
  };
}

function printed({ stream, records, schema, changes, primaryKeys, cursors }: Proposal, terminal: Terminal): string {
  const { style } = terminal;
  const properties = get(schema, "properties");
  const members = properties !== undefined && isObject(properties) ? properties : {};
  const rows = keys(members).map((name) => {
    const member = members[name]!;
    const isNew = changes.some((path) => path.split(/[.[]/)[0] === name);
    return [isNew ? "+" : "", name, isObject(member) ? describe(member) : ""];
  });
  const candidates = (what: string, list: readonly Candidate[]): string =>
    list
      .slice(0, 3)
      .map(({ field, confidence, why }) => `${what}: ${field} (${confidence}: ${why})\n`)
      .join("");
  return [
    `${style.bold(stream)}, by ${records} ${records === 1 ? "record" : "records"}\n`,
    table([{ head: "" }, { head: "field" }, { head: "type" }], rows, terminal),
    candidates("primary key", primaryKeys),
    candidates("cursor", cursors),
    changes.length === 0 ? "Nothing is new.\n\n" : `New or wider: ${changes.join(", ")}\n\n`,
  ].join("");
}

function describe(schema: JsonObject): string {
  const types = [get(schema, "type") ?? "any"].flat().map(String);
  const format = get(schema, "format");
  const values = get(schema, "enum");
  const told = [types.join(" or "), format === undefined ? "" : `(${String(format)})`];
  if (Array.isArray(values)) told.push(`one of ${values.map(String).join(", ")}`);
  return told.filter((part) => part !== "").join(" ");
}
