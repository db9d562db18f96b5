import { entityDiagram } from "./erd.ts";
import { code, markdownTable, plain } from "./markdown.ts";
import type { ConnectorModel, StreamModel } from "./model.ts";

/** The parts that are made from the connector, by the name of their block. */
export type SectionName =
  | "authentication"
  | "configuration"
  | "sync-modes"
  | "streams"
  | "fields"
  | "relations"
  | "rate-limits"
  | "breaking-changes"
  | "commands";

/** The text of each part, of which none is empty. */
export const sections: Readonly<Record<SectionName, (model: ConnectorModel) => string>> = {
  authentication: ({ authentication }) =>
    authentication.length === 0 ? "The connector's code says how.\n" : list(authentication),
  configuration({ options }) {
    if (options.length === 0) return "There is nothing to configure.\n";
    return markdownTable(
      ["Option", "Type", "Required", "Default", "What it is"],
      options.map(({ path, type, isRequired, isSecret, fallback, about }) => [
        code(path),
        `${type}${isSecret ? ", secret" : ""}`,
        isRequired ? "yes" : "",
        code(fallback),
        plain(about),
      ]),
    );
  },
  "sync-modes"({ streams }) {
    const incremental = streams.filter(({ syncModes }) => syncModes.includes("incremental")).length;
    const some = (count: number): string =>
      count === 0 ? "No" : count === streams.length ? "Yes" : `${count} of ${streams.length} streams`;
    const keyed = streams.filter(({ primaryKey }) => primaryKey.length > 0).length;
    return markdownTable(
      ["Feature", "Supported?"],
      [
        ["Full refresh sync", streams.length === 0 ? "Depends on the account" : "Yes"],
        ["Incremental sync", some(incremental)],
        ["Deduplication by primary key", some(keyed)],
      ],
    );
  },
  streams({ streams, hasMoreStreams }) {
    if (streams.length === 0) {
      return hasMoreStreams
        ? "Which there are depends on the config, or on what the API says of the account.\n"
        : "There are none.\n";
    }
    const more = hasMoreStreams ? "\nMore streams are made from what the API says of the account.\n" : "";
    return `${streamTable(streams)}${more}`;
  },
  fields({ streams }) {
    const parts = streams.map(
      ({ name, fields }) =>
        `### ${name}\n\n` +
        (fields.length === 0
          ? "What its fields are depends on the account.\n"
          : markdownTable(
              ["Field", "Type", "Description"],
              fields.map(({ path, type, isNullable, description }) => [
                code(path),
                `${type}${isNullable ? ", null" : ""}`,
                plain(description),
              ]),
            )),
    );
    return parts.length === 0 ? "There are none that are known without the API.\n" : parts.join("\n");
  },
  relations(model) {
    const { relations } = model;
    const diagram = entityDiagram(model);
    if (diagram === "") return "No stream is known to refer to another one.\n";
    const rows = relations.map(({ from, field, to, toField, confidence }) => [
      code(from),
      field === undefined ? "(is read for each)" : code(field),
      code(`${to}.${toField}`),
      { high: "the manifest says so", medium: "name and type fit", low: "the name fits" }[confidence],
    ]);
    return `${diagram}\n${markdownTable(["Stream", "Field", "Refers to", "How sure"], rows)}`;
  },
  "rate-limits": ({ limits }) =>
    limits.length === 0
      ? "Nothing is set for this API: requests that fail for a passing reason are tried again, with longer waits each time.\n"
      : list(limits),
  "breaking-changes": ({ breakingChanges }) =>
    breakingChanges.length === 0
      ? "There were none.\n"
      : list(breakingChanges.map(({ version, message }) => `**${version}**: ${message}`)),
  commands: ({ name }) =>
    [
      "```text",
      `ferry spec ${name}                             # what the config may hold`,
      `ferry check ${name} --config config.json       # whether the connection works`,
      `ferry discover ${name} --config config.json    # the streams`,
      `ferry read ${name} --config config.json        # the records`,
      "```",
      "",
    ].join("\n"),
};

function streamTable(streams: readonly StreamModel[]): string {
  return markdownTable(
    ["Stream", "Primary key", "Cursor", "Pagination", "Full refresh", "Incremental", "Read for each"],
    streams.map(({ name, primaryKey, cursor = "", pagination = "none", syncModes, parents }) => [
      code(name),
      primaryKey.map(code).join(", "),
      code(cursor),
      pagination,
      syncModes.includes("full_refresh") ? "yes" : "no",
      syncModes.includes("incremental") ? "yes" : "no",
      parents.map(({ stream }) => code(stream)).join(", "),
    ]),
  );
}

const list = (sentences: readonly string[]): string => `${sentences.map((sentence) => `- ${sentence}`).join("\n")}\n`;
