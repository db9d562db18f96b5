import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { isSecret } from "./config-fields.ts";
import type { ApiDraft, Finding, StreamDraft } from "./draft.ts";

/** The findings as comments, by the path in the manifest that they stand before. */
export function findingComments(draft: ApiDraft): Map<string, string> {
  const comments = new Map<string, string>();
  comments.set("definitions/requester", draft.findings.map(line).join("\n"));
  for (const { name, findings } of draft.streams) {
    comments.set(`definitions/streams/${name}`, findings.map(line).join("\n"));
  }
  return comments;
}

/** What was found out, as data. */
export function reportOf(draft: ApiDraft): object {
  return {
    title: draft.title,
    findings: draft.findings,
    config: draft.fields.map((field) => ({ name: field.name, required: field.required, secret: isSecret(field) })),
    streams: draft.streams.map(({ name, method, path, findings }) => ({ name, method, path, findings })),
    skipped: draft.skipped,
  };
}

const line = ({ subject, value, confidence, why }: Finding): string =>
  `${subject}: ${value} (${confidence}: ${why})`.replaceAll(/\s+/g, " ");

/** The same for people: a line for each stream, `?` for what is likely and `??` for a guess. */
export function printDraft(draft: ApiDraft, terminal: Terminal): string {
  const rows = draft.streams.map(summaryRow);
  const used = summaryHead.map((_, index) => rows.some((row) => row[index] !== ""));
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => used[index]);
  const streams = table(kept(summaryHead.map((head) => ({ head }))), rows.map(kept), terminal);
  const findings = draft.findings.map(({ subject, value, confidence }) => `${subject}: ${value}${marks[confidence]}\n`);
  const skipped = draft.skipped.map(({ path, why }) => `  ${path}: ${why}\n`);
  const more = skipped.length > SHOWN ? `  and ${skipped.length - SHOWN} more\n` : "";
  return [
    `${draft.title}: ${draft.streams.length} ${draft.streams.length === 1 ? "stream" : "streams"}\n`,
    ...findings,
    `\n${streams}`,
    rows.some((row) => row.some((cell) => cell.endsWith("?")))
      ? `\n?: likely, ??: a guess; why stands in manifest.yaml above each stream.\n`
      : "",
    ...(skipped.length > 0 ? ["\nNo streams of:\n", ...skipped.slice(0, SHOWN), more] : []),
    "\n",
  ].join("");
}

/** How many of what is no stream are told. */
const SHOWN = 10;

/** What a stream has to show of each subject, with a mark for how sure it is. */
function summaryRow(stream: StreamDraft): readonly string[] {
  const shown = (subject: Finding["subject"]): string => {
    const finding = stream.findings.find((each) => each.subject === subject);
    return finding === undefined ? "" : `${finding.value}${marks[finding.confidence]}`;
  };
  return [
    stream.name,
    stream.path.replaceAll(/\{\{ (?:stream_partition|config)(?:\['parent_slice'\])*\['([^']*)'\] \}\}/g, "{$1}"),
    shown("records"),
    shown("primary key"),
    shown("pagination"),
    shown("cursor"),
    shown("schema"),
  ];
}

const marks: Readonly<Record<Finding["confidence"], string>> = { high: "", medium: " ?", low: " ??" };

const summaryHead: readonly string[] = ["stream", "path", "records", "primary key", "pagination", "cursor", "schema"];
