import { block } from "./blocks.ts";
import type { ConnectorModel } from "./model.ts";
import { sections, type SectionName } from "./sections.ts";

/** The connector's page, in the form that Airbyte's own have. */
export function connectorPage(model: ConnectorModel): string {
  const part = (name: SectionName): string => block(name, sections[name](model));
  const link =
    model.documentationUrl === undefined ? "" : `See also the [documentation](${model.documentationUrl}).\n\n`;
  const setup = setupLines(model);
  return (
    `# ${model.title}\n\n` +
    `This page describes the source connector for ${model.title}: what it needs, and what it reads.\n\n${link}` +
    `## Prerequisites\n\n${setup}\n` +
    `### Authentication\n\n${part("authentication")}\n` +
    `## Configuration\n\n${part("configuration")}\n` +
    `## Supported sync modes\n\n${part("sync-modes")}\n` +
    `## Supported streams\n\n${part("streams")}\n` +
    `## Entity relationships\n\n${part("relations")}\n` +
    `## Rate limits and errors\n\n${part("rate-limits")}\n` +
    `## Schemas\n\n${part("fields")}\n` +
    `## Changelog\n\n### Breaking changes\n\n${part("breaking-changes")}\n` +
    `<details>\n  <summary>Versions</summary>\n\n` +
    `| Version | Date | Change |\n| ------- | ---- | ------ |\n| ${model.version ?? "0.1.0"} |      |        |\n\n</details>\n`
  );
}

/** For people to write on: it is made once. */
function setupLines({ options, title }: ConnectorModel): string {
  const required = options.filter(({ isRequired, path }) => isRequired && !/[.[]/.test(path));
  const needs = required.map(
    ({ path, about }) => `- \`${path}\`${about === "" ? "" : `: ${about.replaceAll(/<[^>]*>/g, "")}`}`,
  );
  return [`- An account of ${title}`, ...needs, ""].join("\n");
}

/** The README of the connector's folder. */
export function readmePage(model: ConnectorModel): string {
  const part = (name: SectionName): string => block(name, sections[name](model));
  return (
    `# ${model.title} source\n\n` +
    `Reads ${model.title} into whatever speaks the Airbyte protocol. ` +
    `The whole description is in [${pageName(model)}](${pageName(model)}).\n\n` +
    `## Try it\n\n${part("commands")}\n` +
    `## Configuration\n\n${part("configuration")}\n` +
    `## Streams\n\n${part("streams")}`
  );
}

/** The file of the connector's page: Airbyte's are named without `source-`. */
export const pageName = ({ name }: ConnectorModel): string =>
  `${name.replace(/^.*[\\/]/, "").replace(/^source-/, "") || "connector"}.md`;
