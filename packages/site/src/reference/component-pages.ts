import { writeYaml } from "../../../cdk/src/cli/new/write-yaml.ts";
import type { Component } from "../../../cdk/src/component.ts";
import type { JsonObject } from "../../../cdk/src/json/value.ts";
import { languageSchema } from "../../../cdk/src/manifest/language-schema.ts";
import { loadLanguage } from "../../../cdk/src/manifest/plan.ts";
import type { SourcePage } from "../source-pages.ts";
import { asShown, findExamples } from "./examples.ts";
import { families, familyOf, type Family } from "./families.ts";
import { fieldsOf, type Field, type Schema } from "./fields.ts";

/** An entry of the reference. */
export interface Entry {
  readonly component: Component;
  readonly family: Family;
  readonly fields: readonly Field[];
  readonly example: JsonObject | undefined;
}

/** The reference of all components, made from their schemas: a page for each family, and a list of all. */
export async function componentPages(cases: string): Promise<readonly SourcePage[]> {
  const entries = await componentEntries(cases);
  const pages = families.map((family) => ({
    address: `components/${family.address}`,
    file: undefined,
    markdown: familyPage(
      family,
      entries.filter((entry) => entry.family === family),
    ),
  }));
  return [{ address: "components/index", file: undefined, markdown: listOfAll(entries) }, ...pages];
}

export async function componentEntries(cases: string): Promise<readonly Entry[]> {
  const [{ z }, plain, examples] = await Promise.all([import("zod"), loadLanguage([]), findExamples(cases)]);
  const language = await plain.explaining();
  const definitions = languageSchema(language, z)["definitions"] as Readonly<Record<string, Schema>>;
  const linkTo = (type: string): string | undefined => {
    const component = language.components.get(type);
    return component && `components/${familyOf(component.kind).address}#${type.toLowerCase()}`;
  };
  return [...language.components.values()]
    .sort((a, b) => Number(isOwn(a.type)) - Number(isOwn(b.type)) || a.type.localeCompare(b.type))
    .map((component) => {
      const { type, kind } = component;
      const required = definitions[type]?.else?.then?.required ?? [];
      const example = examples.get(type);
      return {
        component,
        family: familyOf(kind),
        fields: fieldsOf(definitions[`${type}.part`] ?? {}, required, linkTo),
        example: example && asShown(example),
      };
    });
}

/** What connectors bring along themselves comes last. */
const isOwn = (type: string): boolean => type.startsWith("Custom");

function listOfAll(entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ component: { type, description = "" }, family }) =>
      `| [${type}](components/${family.address}#${type.toLowerCase()}) | ${cell(description)} |`,
  );
  return `# Components

All ${entries.length} components of the manifest language. In place of any value may stand a reference, \`{ $ref: "#/definitions/name" }\` or
\`"#/definitions/name"\`; \`$parameters\` of a component fill the fields of their names in it and in all within. Examples are parts of whole
connectors that read the same records with Ferry and with airbyte-cdk 7.39.1. \`ferry manifest schema\` prints all of this as a JSON Schema.

| component | what it does |
| --- | --- |
${rows.join("\n")}
`;
}

function familyPage({ title, about }: Family, entries: readonly Entry[]): string {
  return `# ${title}\n\n${about}\n\n${entries.map(entryText).join("\n")}`;
}

function entryText({ component: { type, kind, description = "" }, fields, example }: Entry): string {
  const kindText = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const table = `| field | type | what |\n| --- | --- | --- |\n${fields.map(row).join("\n")}\n`;
  const sample = example === undefined ? "" : `\n\`\`\`yaml\n${writeYaml(example).trim()}\n\`\`\`\n`;
  return `## ${type}\n\n${description} _(${kindText})_\n\n${fields.length === 0 ? "It has no fields.\n" : table}${sample}`;
}

function row({ name, type, required, default: fallback, about, sees }: Field): string {
  const notes = [
    about,
    fallback === undefined ? "" : `Default: \`${fallback}\`.`,
    sees === undefined ? "" : `Template; sees ${sees.replace(/\w+/g, "`$&`")}.`,
  ];
  return `| \`${name}\`${required ? " <br>_required_" : ""} | ${cell(type)} | ${cell(notes.filter(Boolean).join(" "))} |`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
