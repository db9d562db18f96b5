import { prettyJson } from "../../../json/pretty.ts";
import { isSecret } from "../config-fields.ts";
import type { ApiDraft } from "../draft.ts";
import { manifestOf } from "../manifest-of.ts";
import { findingComments } from "../report.ts";
import { writeYaml } from "../write-yaml.ts";
import { hostOf } from "./metadata.ts";
import type { Names } from "./names.ts";
import { sharedFiles } from "./shared-files.ts";
import { templateFiles } from "./template-files.ts";

/** Where editors find what a manifest may say, once the connector's packages are installed. */
const MODELINE = "# yaml-language-server: $schema=./node_modules/ferry-cdk/dist/manifest.schema.json\n";

/** The files of a connector whose manifest is made from what was found out. */
export function generatedFiles(draft: ApiDraft, names: Names, from: string): Map<string, string> {
  const comments = findingComments(draft);
  const head = `${MODELINE}#\n# Made from ${from}. Above each stream stands what was concluded, how sure that is, and why.\n\n`;
  return new Map([
    ...sharedFiles({
      names,
      language: "manifest-only",
      hosts: [hostOf(draft.urlBase)],
      documentationUrl: draft.documentationUrl ?? `https://${hostOf(draft.urlBase)}`,
      fields: draft.fields,
      steps: ["npm run validate", "npm test"],
    }),
    ["manifest.yaml", writeYaml(manifestOf(draft), comments, head)],
    ["package.json", packageJson(names)],
    ["README.md", readme(draft, names, from)],
  ]);
}

function packageJson({ name }: Names): string {
  const template = JSON.parse(templateFiles["manifest/package.json"]!) as { devDependencies: Record<string, string> };
  return `${prettyJson({
    name,
    version: "0.1.0",
    private: true,
    type: "module",
    engines: { node: ">=20.19" },
    scripts: { validate: "ferry manifest validate manifest.yaml", test: "ferry test" },
    devDependencies: template.devDependencies,
  })}\n`;
}

function readme({ title, streams, fields }: ApiDraft, { name }: Names, from: string): string {
  const rows = streams.map(
    ({ name: stream, primaryKey, cursor }) =>
      `| ${stream} | ${primaryKey.join(", ")} | ${cursor === undefined ? "full refresh" : `incremental by ${cursor.field}`} |`,
  );
  const secret = fields.filter(isSecret).map(({ name: field }) => `\`${field}\``);
  return `# ${name}

Reads ${title}. Made by \`ferry new\` from ${from}.

\`\`\`
npm install
npm run validate    # all problems of manifest.yaml at once, with their places
npm test            # the whole connector against the answers in cassette/; no network
\`\`\`

To read the real API: copy \`.env.example\` to \`.env\` and \`config.example.json\` to \`config.json\`, and fill them in${
    secret.length > 0 ? ` (${secret.join(", ")})` : ""
  }.

\`\`\`
npx ferry check . --config config.json
npx ferry read . --config config.json --limit 10
\`\`\`

What was concluded, how sure that is and why stands in \`manifest.yaml\` above each stream. \`npx ferry schema diff\` tells where records
differ from the schemas; \`npx ferry types\` writes TypeScript types of the streams.

| stream | primary key | sync |
| --- | --- | --- |
${rows.join("\n")}
`;
}
