import type { FieldChange } from "../../cassette/json-shape.ts";
import { printJson } from "../../json/print.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { Style } from "../terminal/style.ts";
import type { Differences } from "./differences.ts";
import { keyOf, type ChangedRecord, type PrimaryKey, type RecordDifferences } from "./record-differences.ts";
import type { ParameterDifference, RequestDifferences, SentRequest } from "./request-differences.ts";

/** So many lines of a kind, and no more. */
const MOST = 12;
/** So many records one by one. */
const FEW = 4;
/** Columns of a value. */
const WIDEST = 60;

/** How a stream differs, as indented lines under `records`, `types`, `schema` and `requests`; what is the same is left out. */
export function differenceLines(
  { records, types, schema, requests }: Differences,
  primaryKey: PrimaryKey,
  style: Style,
): string[] {
  return [
    ...section("records", recordLines(records, primaryKey, style), style),
    ...section(
      "types",
      types.map((change) => fieldLine(change, style)),
      style,
    ),
    ...section(
      "schema",
      schema.map((change) => fieldLine(change, style)),
      style,
    ),
    ...section("requests", requestLines(requests, style), style),
  ];
}

export function section(name: string, lines: readonly string[], style: Style): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST;
  const rest = more > 0 ? [style.dim(`… and ${more} more`)] : [];
  return [`  ${style.dim(name)}`, ...[...lines.slice(0, MOST), ...rest].map((line) => `    ${line}`)];
}

function recordLines({ added, removed, changed }: RecordDifferences, key: PrimaryKey, style: Style): string[] {
  return [
    ...changedLines(changed, key, style),
    ...recordTexts(removed).map((text) => style.red(`- ${text}`)),
    ...recordTexts(added).map((text) => style.green(`+ ${text}`)),
  ];
}

const recordTexts = (records: readonly JsonObject[]): string[] =>
  records.length <= FEW
    ? records.map((record) => short(printJson(record), WIDEST * 1.5))
    : [
        ...records.slice(0, 2).map((record) => short(printJson(record), WIDEST * 1.5)),
        `… and ${records.length - 2} more records`,
      ];

/** A line for each field that differs, whichever the records: with the first of its values. */
function changedLines(changed: readonly ChangedRecord[], key: PrimaryKey, style: Style): string[] {
  const fields = new Map<string, { before: Json | undefined; after: Json | undefined; records: Set<ChangedRecord> }>();
  for (const record of changed) {
    for (const { path, before, after } of record.fields) {
      const place = path.replace(/\[\d+\]/g, "[]");
      const kind = before === undefined ? "+" : after === undefined ? "-" : "~";
      const known = fields.get(`${kind} ${place}`);
      if (known === undefined) fields.set(`${kind} ${place}`, { before, after, records: new Set([record]) });
      else known.records.add(record);
    }
  }
  return [...fields].map(([name, { before, after, records }]) => {
    const [first] = records;
    const of = first && keyOf(first.after, key);
    const where =
      records.size > 1 ? `in ${records.size} records` : of === undefined ? "in 1 record" : `in ${short(printJson(of))}`;
    return `${changeText({ name: name.slice(2), before: textOf(before), after: textOf(after) }, style)}  ${style.dim(where)}`;
  });
}

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : short(printJson(value));

const fieldLine = (change: FieldChange, style: Style): string => changeText(change, style);

/** `+ name: after`, `- name: before`, `~ name: before → after`. */
function changeText({ name, before, after }: FieldChange, style: Style): string {
  const label = name === "" ? "" : `${style.bold(name)}: `;
  if (before === undefined) return `${style.green("+")} ${label}${after}`;
  if (after === undefined) return `${style.red("-")} ${label}${before}`;
  return `${style.yellow("~")} ${label}${style.red(before)} → ${style.green(after)}`;
}

export function requestLines({ added, removed, changed }: RequestDifferences, style: Style): string[] {
  return [
    ...changed.flatMap(({ method, url, parameters, count }) => {
      const head = `${style.yellow("~")} ${method} ${url}`;
      const times = count > 1 ? `  ${style.dim(`${count} times`)}` : "";
      const [first, ...others] = parameters.map((each) => changeText(quoted(each), style));
      return others.length === 0
        ? [`${head}  ${first}${times}`]
        : [`${head}${times}`, ...[first, ...others].map((each) => `    ${each}`)];
    }),
    ...removed.map((request) => style.red(`- ${requestText(request)}`)),
    ...added.map((request) => style.green(`+ ${requestText(request)}`)),
  ];
}

const quoted = ({ name, before, after }: ParameterDifference): ParameterDifference => ({
  name,
  before: before && short(before),
  after: after && short(after),
});

function requestText({ method, url, parameters }: SentRequest): string {
  const query = parameters.flatMap(({ name, value }) =>
    name.startsWith("query ") ? [`${name.slice("query ".length)}=${value}`] : [],
  );
  return `${method} ${url}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

const short = (text: string, widest: number = WIDEST): string =>
  text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
