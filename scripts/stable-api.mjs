// Writes docs/stable-api.md: all that the packages export, with the first sentence of what is said of it in the code.
// test/stable-api.test.ts fails where the page and the exports differ, so that none goes away unseen.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is imported from where, and what that is for. */
const entries = [
  ["ferry-cdk", "packages/cdk/src/index.ts", "Sources in code, sources of manifests, and components of one's own."],
  ["ferry-cdk/testing", "packages/cdk/src/testing/index.ts", "Tests of connectors, with any test runner."],
  ["ferry-cdk/files", "packages/cdk/src/files.ts", "What sources of files are made of."],
  ["ferry-cdk/create", "packages/cdk/src/cli/create.ts", "`ferry new` for other commands."],
  ["ferry-components", "packages/components/src/index.ts", "Components to export from a connector's `components.ts`."],
];

const HEAD = `# The stable API

What a connector may rely on. Everything here keeps its name, its parameters and what it does until the next major version; before 1.0, until the
next minor one. What is marked **experimental** (\`@experimental\` where it is declared, which editors show) may change in any version; so may all that
is not listed, above all paths within the packages. The commands' flags, exit codes and outputs for programs are stable as well, and what a manifest means
is that of the reference.

Made by \`node scripts/stable-api.mjs\`; a test says where it is not up to date.
`;

/** An export: its name, whether it is there only for types, and what its declaration says. */
export function exportsOf(path) {
  const found = new Map();
  const source = parse(join(root, path));
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
      const target = join(dirname(source.fileName), statement.moduleSpecifier.text);
      if (statement.exportClause === undefined) {
        for (const [name, one] of exportsOf(target.slice(root.length))) {
          found.set(name, { ...one, isType: one.isType || statement.isTypeOnly });
        }
      } else {
        const declared = exportsOf(target.slice(root.length));
        for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements) {
          const one = declared.get((propertyName ?? name).text);
          if (one === undefined) throw new Error(`${path} exports ${name.text}, which ${target} does not declare`);
          found.set(name.text, { ...one, isType: one.isType || isTypeOnly || statement.isTypeOnly });
        }
      }
    } else if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      for (const [name, isType] of namesOf(statement)) found.set(name, { ...documentationOf(statement), isType });
    }
  }
  return found;
}

function namesOf(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => [name.text, false]);
  }
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return [[statement.name.text, isType]];
}

function documentationOf(statement) {
  const comment = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
  const text = (ts.getTextOfJSDocComment(comment?.comment) ?? "").replaceAll(/\s+/g, " ").trim();
  const tags = (comment?.tags ?? []).map(({ tagName }) => tagName.text);
  return {
    says: /^.*?(?<!\be\.g)[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text,
    isExperimental: tags.includes("experimental"),
  };
}

const parsed = new Map();
function parse(path) {
  if (!parsed.has(path)) {
    parsed.set(path, ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext, true));
  }
  return parsed.get(path);
}

/** The page's text. */
export async function stableApi() {
  const sections = entries.map(([name, path, what]) => {
    const all = [...exportsOf(path)].sort(([a], [b]) => a.toLowerCase().localeCompare(b.toLowerCase(), "en"));
    const told = all.filter(([, { says }]) => says !== "");
    const rest = all.filter(([, { says }]) => says === "").map(([one]) => `\`${one}\``);
    const rows = told.map(
      ([one, { says, isType, isExperimental }]) =>
        `| \`${one}\`${isType ? " (type)" : ""} | ${isExperimental ? "**experimental** " : ""}${says.replaceAll("|", "\\|").replaceAll(/\{@link (\S+?)\}/g, "`$1`")} |`,
    );
    const more = rest.length === 0 ? "" : `\nTypes besides: ${rest.join(", ")}.\n`;
    return `\n## ${name}\n\n${what}\n\n| export | what |\n| --- | --- |\n${rows.join("\n")}\n${more}`;
  });
  return await format(HEAD + sections.join(""), { parser: "markdown", printWidth: 120 });
}

/** The values, not types, that each entry exports. */
export const valuesOf = () =>
  entries.map(([name, path]) => [
    name,
    [...exportsOf(path)].flatMap(([one, { isType }]) => (isType ? [] : [one])).sort(),
  ]);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(join(root, "docs/stable-api.md"), await stableApi());
}
