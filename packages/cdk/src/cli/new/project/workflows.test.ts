import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { releaseWorkflow, testWorkflow } from "./workflows.ts";

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

test.each([
  ["test", testWorkflow(["npm run validate", "npm test"]), {}],
  ["release", releaseWorkflow(["npm run validate", "npm test"]), { packages: "write" }],
])("%s: few permissions, actions of whole versions, the connector's own commands", (_, text, more) => {
  const { permissions, jobs } = parse(text) as Workflow;
  expect(permissions).toEqual({ contents: "read" });
  for (const job of Object.values(jobs)) {
    expect(job).toMatchObject(Object.keys(more).length === 0 ? {} : { permissions: { contents: "read", ...more } });
    expect(job.steps.flatMap(({ uses = [] }) => uses).every((uses) => /@v\d+\.\d+\.\d+$/.test(uses))).toBe(true);
    expect(job.steps.flatMap(({ run = [] }) => run)).toEqual(
      expect.arrayContaining(["npm install", "npm run validate", "npm test"]),
    );
  }
});

test.each([
  ["v0.1.0", "  dockerImageTag: 0.1.0 # now", true],
  ["v0.1.0", '  dockerImageTag: "0.1.0"', true],
  ["v0.1.1", "  dockerImageTag: 0.1.0", false],
])("a tag %s and %j", (tag, line, isRight) => {
  const { jobs } = parse(releaseWorkflow([])) as Workflow;
  const command = jobs["image"]!.steps.flatMap(({ run = [] }) => run).find((run) => run.startsWith("grep"))!;
  const compare = (): unknown =>
    execFileSync("bash", ["-c", command.replace("metadata.yaml", "-")], {
      input: `data:\n${line}\n`,
      env: { ...process.env, GITHUB_REF_NAME: tag },
    });
  if (isRight) expect(compare).not.toThrow();
  else expect(compare).toThrow();
});
