import type { ConfigField } from "../draft.ts";
import { secretField, startDate } from "../config-fields.ts";
import type { Names } from "./names.ts";
import { sharedFiles } from "./shared-files.ts";
import { templateFiles } from "./template-files.ts";

export type TemplateName = "manifest" | "typescript" | "mixed";

const NAMES: readonly TemplateName[] = ["manifest", "typescript", "mixed"];

/** The templates that there are. */
export const templateNames: readonly TemplateName[] = NAMES.filter((name) =>
  Object.keys(templateFiles).some((path) => path.startsWith(`${name}/`)),
);

/** Which values the config of a template's tests has. */
const FIELDS: readonly ConfigField[] = [secretField("api_token", "API token"), startDate];

/** The files of a connector made from a template, named as it is. */
export function templateProject(template: TemplateName, names: Names): Map<string, string> {
  const own = Object.entries(templateFiles)
    .filter(([path]) => path.startsWith(`${template}/`))
    .map(([path, content]): [string, string] => [
      path.slice(template.length + 1),
      content.replaceAll("source-example", names.name),
    ]);
  const shared = sharedFiles({
    names,
    language: template === "manifest" ? "manifest-only" : "typescript",
    hosts: ["api.example.com"],
    documentationUrl: "https://example.com",
    fields: FIELDS,
    steps: template === "typescript" ? ["npm test"] : ["npm run validate", "npm test"],
  });
  return new Map([...shared, ...own]); // what a template has itself counts
}
