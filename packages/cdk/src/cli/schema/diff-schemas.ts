import { driftOf, type Drift } from "../../json-schema/drift.ts";
import { formatOf } from "../terminal/format.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { compare, type SchemaOptions } from "./options.ts";

/** Prints where records are otherwise than declared. Gives 1 where they are; what no record had is only told. */
export async function diffSchemas(
  options: SchemaOptions & { readonly format: "text" | "json" | undefined },
  terminal: Terminal,
): Promise<0 | 1> {
  const { streams, samples, from } = await compare(options);
  const found = streams.map(({ name, json_schema }) => {
    const sample = samples.get(name);
    return {
      stream: name,
      records: sample?.root.count ?? 0,
      drift: sample === undefined ? [] : driftOf(sample.root, json_schema),
    };
  });
  const isOther = ({ kind }: Drift): boolean => kind !== "unseen";
  const differs = found.some(({ drift }) => drift.some(isOther));
  if (formatOf(options.format, terminal, "json") === "json") {
    terminal.print(`${JSON.stringify({ from, differs, streams: found }, undefined, 2)}\n`);
    return differs ? 1 : 0;
  }
  const rows = found.flatMap(({ stream, drift }) => drift.filter(isOther).map((each) => [stream, ...told(each)]));
  if (rows.length > 0) {
    const heads = ["stream", "field", "difference", "declared", "records", "times"].map((head) => ({ head }));
    terminal.print(table(heads, rows, terminal));
  }
  for (const { stream, records, drift } of found) {
    const unseen = drift.filter((each) => !isOther(each)).map(({ path }) => path);
    if (records === 0) terminal.complain(`${stream}: there are no records in ${from}.\n`);
    else if (unseen.length > 0) terminal.complain(`${stream}: no record has ${unseen.join(", ")}.\n`);
  }
  const count = found.reduce((sum, { records }) => sum + records, 0);
  terminal.print(
    differs
      ? `${rows.length} ${rows.length === 1 ? "difference" : "differences"} in ${count} records.\n`
      : `${count} records are as they are declared.\n`,
  );
  return differs ? 1 : 0;
}

const words: Readonly<Record<Drift["kind"], string>> = {
  undeclared: "not declared",
  type: "another type",
  null: "is null",
  enum: "another value",
  missing: "is not there",
  unseen: "never seen",
};

const told = ({ path, kind, declared, seen, count }: Drift): string[] => [
  path,
  words[kind],
  declared ?? "",
  seen ?? "",
  String(count),
];
