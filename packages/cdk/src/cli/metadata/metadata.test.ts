import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadManifest } from "../../manifest/load.ts";
import { iconOf } from "../new/project/icon.ts";
import { namesOf } from "../new/project/names.ts";
import { templateNames, templateProject } from "../new/project/template-project.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { bumpMetadata, type BumpOptions } from "./bump.ts";
import { addToChangelog } from "./changelog.ts";
import { checkMetadata } from "./check-metadata.ts";
import { connectorChanges } from "./connector-changes.ts";
import { connectorFacts } from "./connector-facts.ts";
import { initMetadata } from "./init.ts";
import { hostOf } from "./manifest-hosts.ts";
import { manifestIn, validateMetadata } from "./validate.ts";
import { bumped, parseVersion } from "./version.ts";

const root = mkdtempSync(join(tmpdir(), "ferry-metadata-"));
afterAll(() => rmSync(root, { recursive: true }));

const valid = `metadataSpecVersion: "1.0"
data:
  name: Shop
  definitionId: 3f2b8c1e-7d43-4f6a-9b8e-5a1c0d9e8f72
  connectorType: source
  connectorSubtype: api
  dockerRepository: airbyte/source-shop
  dockerImageTag: 0.3.1 # by hand
  githubIssueLabel: source-shop
  icon: icon.svg
  license: MIT
  documentationUrl: https://docs.example.com/shop
  releaseStage: alpha
  tags: ["language:manifest-only", "cdk:low-code"]
  allowedHosts: { hosts: [api.example.com] }
`;
const manifest = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [customers] }
streams:
  - type: DeclarativeStream
    name: customers
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.example.com/customers" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, name: { type: ["null", string] } } }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties:
      token: { type: string }
      region: { type: string, enum: [eu, us] }
`;

let folders = 0;
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(root, `source-shop-${folders++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const icon = iconOf(namesOf("source-shop"));
const whole = { "metadata.yaml": valid, "manifest.yaml": manifest, "icon.svg": icon };

describe("validate", () => {
  const folder = folderOf(whole);
  const told = (text: string): string[] =>
    checkMetadata(text, { folder, manifest: loadManifest(manifest) }).map(
      ({ severity, code, message, offset }) =>
        `${text.slice(0, offset).split("\n").length} ${severity} ${code}: ${message}`,
    );
  const releases = (entries: string): string => `${valid}  releases:\n    breakingChanges:\n${entries}`;

  test.each<[change: string, text: string, problem: RegExp | undefined]>([
    ["nothing", valid, undefined],
    ["a number for a text", valid.replace("Shop", "7"), undefined],
    ["null for what may be left out", valid.replace("icon: icon.svg", "icon:"), undefined],
    ["no mapping", "- 1\n", /^1 error syntax: metadata.yaml is a mapping/],
    ["broken YAML", "data: {\n", /error syntax/],
    ["a missing member", valid.replace("  license: MIT\n", ""), /^2 error schema: \/data\/license is missing/],
    ["an unknown member", valid.replace("license:", "licence:"), /^11 error schema: .*did you mean license\?/],
    ["a wrong choice", valid.replace("alpha", "gamma"), /^13 error schema: .*"gamma" but must be one of "alpha"/],
    ["no UUID", valid.replace("3f2b8c1e-", ""), /^4 error schema: .*must have the format uuid/],
    ["no date", `${valid}  releaseDate: "2026-02-30"\n`, /^16 error schema: .*must have the format date/],
    ["no version", valid.replace("0.3.1", "v3"), /^8 error version: v3 is no semantic version/],
    ["a major version that is not explained", valid.replace("0.3.1", "1.0.0"), /^8 error missing-breaking-change/],
    [
      "a major version that is",
      releases(
        `      1.0.0: { message: m, upgradeDeadline: "2026-01-01", migrationDocumentationUrl: "https://a.example" }\n`,
      ).replace("0.3.1", "1.0.0"),
      undefined,
    ],
    [
      "an entry without a page on what to do",
      releases(`      1.0.0: { message: m, upgradeDeadline: 2026-01-01 }\n`).replace("0.3.1", "1.0.0"),
      /^18 note migration-guide: .*shop-migrations#1.0.0/,
    ],
    [
      "an entry without a deadline",
      releases("      0.2.0: { message: m }\n"),
      /^18 error schema: .*upgradeDeadline is missing/,
    ],
    ["an entry of no version", releases("      next: { message: m }\n"), /^18 error schema: .*the name must match/],
    ["a candidate of a major version", valid.replace("0.3.1", "1.0.0-rc.1"), /error major-candidate/],
    ["a candidate that is not rolled out", valid.replace("0.3.1", "0.3.1-rc.1"), /^8 error rollout/],
    [
      "a release that is rolled out by steps",
      `${valid}  releases: { rolloutConfiguration: { enableProgressiveRollout: true } }\n`,
      /^16 error rollout: Only a release candidate/,
    ],
    ["a tag without a value", valid.replace("cdk:low-code", "crm"), /^14 error tag: The tag "crm"/],
    ["no language", valid.replace("language:manifest-only", "a:b"), /^14 error language-tag/],
    ["two languages", valid.replace("cdk:low-code", "language:java"), /^14 warning language-tag/],
    [
      "a base image without its digest",
      `${valid}  connectorBuildOptions: { baseImage: node:22 }\n`,
      /^16 error base-image/,
    ],
    ["PyPI", `${valid}  remoteRegistries: { pypi: { enabled: true, packageName: a } }\n`, /^16 error pypi/],
    ["a key twice", `${valid}  license: MIT\n`, /^16 warning duplicate-key/],
    [
      "another host",
      valid.replace("[api.example.com]", "[other.example.com]"),
      /warning host-not-allowed: .*api.example.com/,
    ],
    [
      "a host too many",
      valid.replace("[api.example.com]", '["*.example.com", a.example.org]'),
      /^15 note unused-host: .*a.example.org/,
    ],
    [
      "a stream that is not there",
      `${valid}  suggestedStreams: { streams: [customer] }\n`,
      /^16 warning unknown-stream/,
    ],
  ])("%s", (_, text, problem) => {
    const problems = told(text);
    if (problem === undefined) expect(problems).toEqual([]);
    else
      expect(
        problems.filter((each) => problem.test(each)),
        problems.join("\n"),
      ).toHaveLength(1);
  });

  test.each(["pipe", "terminal"] as const)("on a %s a problem stands with its place", async (kind) => {
    const wrong = folderOf({ ...whole, "metadata.yaml": valid.replace("alpha", "gamma") });
    const terminal = fakeTerminal(kind);
    expect(await validateMetadata(wrong, { against: undefined, format: "text" }, terminal)).toBe(1);
    expect(terminal.out()).toContain("metadata.yaml:13:17 error: ");
    expect(terminal.out()).toContain("> 13 |   releaseStage: gamma\n     |                 ^^^^^\n");
    expect(terminal.out()).toMatch(/\n1 error in \S+metadata.yaml\.\n$/);
  });

  test("for programs", async () => {
    const terminal = fakeTerminal("pipe");
    const wrong = folderOf({ ...whole, "icon.svg": icon.replace("0 0 250 250", "0 0 250 100") });
    expect(await validateMetadata(join(wrong, "metadata.yaml"), { against: undefined, format: "json" }, terminal)).toBe(
      0,
    );
    expect(JSON.parse(terminal.out())).toMatchObject({
      errors: 0,
      warnings: 1,
      problems: [
        {
          code: "icon",
          path: "data.icon",
          line: 10,
          message: "icon.svg is 250 wide and 100 high; registries show it as a square.",
        },
      ],
    });
  });

  test.each([
    ["none at all", {}, undefined, /^There is no icon.svg/],
    ["one that is no SVG", { "icon.png": "" }, "icon.png", /^icon.png is no SVG/],
    ["one that is empty", { "icon.svg": "" }, undefined, /^icon.svg holds no <svg>/],
    [
      "a square by its sizes, under the registry's own name",
      { "icon.svg": '<svg width="9px" height="9">' },
      "shop.svg",
      undefined,
    ],
    ["one that is wide", { "icon.svg": '<svg width="9" height="8">' }, "icon.svg", /^icon.svg is 9 wide and 8 high/],
  ])("an icon: %s", (_, files, named, problem) => {
    const text = named === undefined ? valid.replace(/ {2}icon:.*\n/, "") : valid.replace("icon.svg", named);
    const problems = checkMetadata(text, { folder: folderOf(files), manifest: undefined });
    expect(problems.map(({ code }) => code)).toEqual(problem === undefined ? [] : ["icon"]);
    if (problem !== undefined) expect(problems[0]!.message).toMatch(problem);
  });

  test("a file that is not there", async () => {
    const terminal = fakeTerminal("pipe");
    expect(await validateMetadata(join(root, "none"), { against: undefined, format: "text" }, terminal)).toBe(2);
  });

  test.each(templateNames)("the metadata of a new connector (%s) is valid", async (template) => {
    const files = templateProject(template, namesOf("source-shop"));
    const made = folderOf({ "icon.svg": files.get("icon.svg")! });
    const text = files.get("metadata.yaml")!;
    const own = files.get("manifest.yaml");
    if (own !== undefined) writeFileSync(join(made, "manifest.yaml"), own);
    expect(checkMetadata(text, { folder: made, manifest: await manifestIn(made) })).toEqual([]);
  });
});

test.each([
  ["https://api.example.com/v1", "api.example.com"],
  ["https://{{ config['shop'] }}.example.com/v1", "${shop}.example.com"],
  ["{{ config.url }}/v1", "${url}"],
  ["https://{{ config.get('region', 'eu') }}.example.com", "${region}.example.com"],
  ["https://{{ stream_partition['host'] }}/v1", undefined],
  ["{% if config['eu'] %}https://eu.example.com{% endif %}", undefined],
])("the host of %s", (address, host) => {
  expect(hostOf(address)).toBe(host);
});

test.each([
  ["0.3.1", "patch", "0.3.2"],
  ["0.3.1", "minor", "0.4.0"],
  ["0.3.1", "major", "1.0.0"],
  ["0.3.1-rc.2", "patch", "0.3.1"],
  ["0.4.0-rc.1", "minor", "0.4.0"],
  ["0.4.1-rc.1", "minor", "0.5.0"],
] as const)("after %s the next %s version is %s", (version, step, next) => {
  expect(bumped(parseVersion(version)!, step)).toBe(next);
});

describe("what changed", () => {
  const incremental = manifest.replace(
    "    retriever:",
    `    incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%s", start_datetime: "0" }\n    retriever:`,
  );
  const second = manifest.replace(
    / {2}- type: DeclarativeStream[\s\S]*?(?=spec:)/,
    (stream) => stream + stream.replace("customers", "orders"),
  );
  test.each<[what: string, before: string, after: string, changes: string[]]>([
    ["nothing", manifest, manifest, []],
    ["a comment", manifest, `# new\n${manifest}`, []],
    ["a path", manifest, manifest.replace("/customers", "/v2"), ["patch: How streams are read changed"]],
    ["a new stream", manifest, second, ["minor: The stream orders is new"]],
    ["a stream that is gone", second, manifest, ["major: The stream orders is gone"]],
    [
      "a stream of another name",
      manifest,
      manifest.replace("name: customers", "name: clients"),
      ["major: The stream customers is called clients now"],
    ],
    [
      "a primary key",
      manifest,
      manifest.replace("[id]", "[id, name]"),
      ["major: The primary key of customers was id and is id, name"],
    ],
    ["a cursor", manifest, incremental, ["minor: The stream customers can be read incrementally"]],
    [
      "another cursor",
      incremental,
      incremental.replace("field: at", "field: day"),
      ["major: The cursor of customers was at and is day"],
    ],
    ["no cursor", incremental, manifest, ["major: The cursor of customers was at and there is none"]],
    [
      "states of another form",
      incremental,
      incremental.replace('"%s"', '"%Y"'),
      ["major: States of customers are written as %Y, and %s is not read"],
    ],
    [
      "states of both forms",
      incremental,
      incremental.replace('"%s"', '"%Y", cursor_datetime_formats: ["%s"]'),
      ["patch: How streams are read changed"],
    ],
    [
      "a field that is gone",
      manifest,
      manifest.replace(", name: {", ", title: {"),
      ["major: The field name of customers is gone", "minor: The field title of customers is new"],
    ],
    [
      "a field's type",
      manifest,
      manifest.replace("id: { type: integer", "id: { type: string"),
      ["major: The field id of customers was integer and is string"],
    ],
    [
      "a field that may be null",
      manifest,
      manifest.replace("type: integer", 'type: ["null", integer]'),
      ["patch: How streams are read changed"],
    ],
    [
      "an option that is gone",
      manifest,
      manifest.replace(/ {6}region.*\n/, ""),
      ["major: The option region of the config is gone"],
    ],
    [
      "an option that must be given",
      manifest,
      manifest.replace("[token]", "[token, region]"),
      ["major: The option region of the config must be given now"],
    ],
    [
      "a new option",
      manifest,
      `${manifest}      size: { type: integer }\n`,
      ["minor: The option size of the config is new"],
    ],
    [
      "a new option that must be given",
      manifest,
      `${manifest}      size: { type: integer }\n`.replace("[token]", "[token, size]"),
      ["major: The option size of the config is new and must be given"],
    ],
    [
      "fewer choices",
      manifest,
      manifest.replace("[eu, us]", "[eu]"),
      ['major: The option region of the config may only be "eu"'],
    ],
    [
      "an option's type",
      manifest,
      manifest.replace("token: { type: string", "token: { type: integer"),
      ["major: The option token of the config was string and is integer"],
    ],
  ])("%s", async (_, before, after, changes) => {
    const facts = await Promise.all(
      [before, after].map((text) => connectorFacts(text, "m.yaml", () => Promise.resolve(undefined))),
    );
    expect(connectorChanges(facts[0]!, facts[1]!).map(({ step, what }) => `${step}: ${what}`)).toEqual(changes);
  });

  test("the schemas in files", async () => {
    const text = manifest.replace(
      / {4}schema_loader:\n.*\n.*\n/,
      "    schema_loader: { type: JsonFileSchemaLoader, file_path: \"./s/{{ parameters['name'] }}.json\" }\n",
    );
    const facts = async (schema: string): Promise<Awaited<ReturnType<typeof connectorFacts>>> =>
      await connectorFacts(text, "m.yaml", (path) =>
        Promise.resolve(path === "./s/customers.json" ? schema : undefined),
      );
    const changes = connectorChanges(await facts('{"properties":{"a":{}}}'), await facts('{"properties":{"b":{}}}'));
    expect(changes.map(({ what }) => what)).toEqual([
      "The field a of customers is gone",
      "The field b of customers is new",
    ]);
  });
});

describe("bump", () => {
  const options: BumpOptions = {
    target: "",
    step: "auto",
    against: undefined,
    message: undefined,
    deadline: undefined,
    guide: undefined,
    isDry: false,
    format: undefined,
    now: new Date("2026-03-01T00:00:00Z"),
  };
  const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

  test("auto, against the last commit: what breaks is written down for users, and all else stays", async () => {
    const folder = folderOf({
      ...whole,
      "package.json": '{ "version": "0.3.1" }\n',
      "CHANGELOG.md": "# Changelog\n\n## 0.3.1 - 2026-01-01\n\n- Old.\n",
    });
    const git = (...args: readonly string[]): void =>
      void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    writeFileSync(join(folder, "manifest.yaml"), manifest.replace("[id]", "[name]"));

    const late = fakeTerminal("pipe");
    expect(await validateMetadata(folder, { against: "HEAD", format: "text" }, late)).toBe(1);
    expect(late.out()).toContain(
      "asks for a major version, 1.0.0: The primary key of customers was id and is name. [version-step]",
    );

    const terminal = fakeTerminal("terminal");
    await bumpMetadata({ ...options, target: folder, guide: "https://docs.example.com/shop/2" }, terminal);
    expect(terminal.out()).toContain(
      "major  The primary key of customers was id and is name.\n0.3.1 → 1.0.0 (major)\n",
    );
    expect(read(folder, "metadata.yaml")).toBe(
      valid.replace("0.3.1", "1.0.0") +
        `  releases:
    breakingChanges:
      1.0.0:
        message: "The primary key of customers was id and is name."
        upgradeDeadline: "2026-03-31"
        migrationDocumentationUrl: "https://docs.example.com/shop/2"
        scopedImpact:
          - scopeType: stream
            impactedScopes: ["customers"]
`,
    );
    expect(read(folder, "package.json")).toBe('{ "version": "1.0.0" }\n');
    expect(read(folder, "CHANGELOG.md")).toBe(
      "# Changelog\n\n## 1.0.0 - 2026-03-01\n\n- The primary key of customers was id and is name.\n\n## 0.3.1 - 2026-01-01\n\n- Old.\n",
    );
    expect(await validateMetadata(folder, { against: "HEAD", format: "text" }, late)).toBe(0);

    const again = fakeTerminal("pipe");
    await bumpMetadata({ ...options, target: folder }, again);
    expect(JSON.parse(again.out())).toMatchObject({ before: "1.0.0", after: "1.0.0", files: [] });
    await expect(bumpMetadata({ ...options, target: folder, against: "v9" }, again)).rejects.toThrow(
      "v9 is neither a file nor a commit",
    );
  });

  test.each<[what: string, given: Partial<BumpOptions>, fault: RegExp]>([
    ["a major version of which nothing is told", { step: "major" }, /What breaks\?/],
    ["too soon", { step: "major", message: "m", deadline: "2026-03-02" }, /a week or more, so 2026-03-09 or later/],
    ["no day", { step: "major", message: "m", deadline: "soon" }, /no date such as 2026-03-31/],
    ["no metadata", { target: root }, /ferry metadata init/],
  ])("%s", async (_, given, fault) => {
    const folder = folderOf(whole);
    await expect(bumpMetadata({ ...options, target: folder, ...given }, fakeTerminal("pipe"))).rejects.toThrow(fault);
    expect(read(folder, "metadata.yaml")).toBe(valid);
  });

  test("metadata that is no YAML is told by its place", async () => {
    const folder = folderOf({ ...whole, "metadata.yaml": "data: [\n" });
    await expect(bumpMetadata({ ...options, target: folder }, fakeTerminal("pipe"))).rejects.toThrow(
      /metadata\.yaml:1:7: This \[ is never closed/,
    );
  });

  test("a step that is named; a second entry; a file to compare with; nothing is written when dry", async () => {
    const folder = folderOf(whole);
    writeFileSync(join(folder, "old.yaml"), manifest.replace("[eu, us]", "[eu, us, uk]"));
    const dry = fakeTerminal("terminal");
    await bumpMetadata({ ...options, target: folder, against: join(folder, "old.yaml"), isDry: true }, dry);
    expect(dry.out()).toContain("→ 1.0.0 (major), not written\n");
    expect(read(folder, "metadata.yaml")).toBe(valid);
    for (const message of ["One.", 'The "second".']) {
      await bumpMetadata({ ...options, target: folder, step: "major", message }, fakeTerminal("pipe"));
    }
    await bumpMetadata({ ...options, target: folder, step: "patch" }, fakeTerminal("pipe"));
    const terminal = fakeTerminal("pipe");
    expect(await validateMetadata(folder, { against: undefined, format: "text" }, terminal)).toBe(0);
    expect(read(folder, "metadata.yaml")).toMatch(
      /Tag: 2.0.1 # by hand[\s\S]* {6}1.0.0:\n {8}message: "One."\n.*\n {6}2.0.0:\n {8}message: "The \\"second\\"."/,
    );
    expect(read(folder, "CHANGELOG.md")).toMatch(
      /^# Changelog\n\n## 2.0.1 - 2026-03-01\n\n- A patch release.\n\n## 2.0.0/,
    );
  });
});

test.each([
  [
    "| Version | Date | Pull Request | Subject |\n| --- | --- | --- | --- |\n| 0.1.0 | 2026-01-01 | | First |\n",
    "| 0.2.0 | 2026-03-01 |  | A.; B. |",
  ],
  ["# Changelog\n\n## Unreleased\n\n- x\n\n## 0.1.0\n", "- x\n\n## 0.2.0 - 2026-03-01\n\n- A.\n- B.\n\n## 0.1.0"],
  ["# Changes\n", "# Changes\n\n## 0.2.0 - 2026-03-01\n\n- A.\n- B.\n"],
])("a changelog such as %j", (text, part) => {
  expect(addToChangelog(text, "0.2.0", "2026-03-01", ["A.", "B."])).toContain(part);
});

test("init: of a manifest, once; the id stays when it is written anew", async () => {
  const folder = folderOf({
    "manifest.yaml": manifest,
    "package.json": '{ "name": "source-shop", "version": "0.2.0" }',
  });
  const options = {
    target: folder,
    name: undefined,
    image: undefined,
    license: "ELv2",
    documentation: undefined,
    isForced: false,
  };
  await initMetadata(options, fakeTerminal("terminal"));
  const made = readFileSync(join(folder, "metadata.yaml"), "utf8");
  expect(made).toMatch(
    /dockerRepository: local\/source-shop\n {2}dockerImageTag: 0.2.0\n[\s\S]*license: ELv2\n {2}documentationUrl: https:\/\/api.example.com\n/,
  );
  expect(checkMetadata(made, { folder, manifest: loadManifest(manifest) })).toEqual([]);
  expect(existsSync(join(folder, "icon.svg"))).toBe(true);
  await expect(initMetadata(options, fakeTerminal("pipe"))).rejects.toThrow("--force writes it anew");
  await initMetadata({ ...options, image: "ghcr.io/me/source-shop", isForced: true }, fakeTerminal("pipe"));
  const anew = readFileSync(join(folder, "metadata.yaml"), "utf8");
  expect(anew).toBe(made.replace("local/source-shop", "ghcr.io/me/source-shop"));
});
