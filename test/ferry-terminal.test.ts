import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const ferry = `"${process.execPath}" "${root}/packages/cdk/bin/ferry.mjs"`;
const config = `'{"dataset_name":"orders","url":"${root}/packages/source-csv/demo/orders.csv","provider":{"storage":"local"}}'`;
const command = (verb: string, more = ""): string =>
  `${ferry} ${verb} "${root}/packages/source-csv" --config ${config} ${more}`;
const run = promisify(execFile);

/** The command of this package as it is installed, with a source in TypeScript. */
test.runIf(existsSync("/usr/bin/script"))("on a terminal people are spoken to, on a pipe programs", async () => {
  const env = { ...process.env, TERM: "xterm", NO_COLOR: "", FORCE_COLOR: undefined };
  const shell = (line: string): Promise<{ stdout: string }> => run("/bin/sh", ["-c", line], { env });
  const [terminal, pipe] = await Promise.all([
    shell(`script -qec ${JSON.stringify(command("read", "--limit 1")).replaceAll("$", "\\$")} /dev/null < /dev/null`),
    shell(command("check")),
  ]);
  expect(terminal.stdout).toContain("\x1b[1morders\x1b[22m");
  expect(terminal.stdout).toMatch(/orders \{"/);
  expect(JSON.parse(pipe.stdout.trimEnd().split("\n").at(-1)!)).toEqual({
    type: "CONNECTION_STATUS",
    connectionStatus: { status: "SUCCEEDED" },
  });
});

test.runIf(existsSync("/usr/bin/script"))(
  "a sign-in prints its URL on a terminal, documentation is Markdown on a pipe",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "ferry-sign-in-"));
    try {
      const flow = {
        consent_url: "http://127.0.0.1:1/ask?{{client_id_param}}&{{state_param}}",
        access_token_url: "http://127.0.0.1:1/",
      };
      const manifest = {
        version: "7.0.0",
        type: "DeclarativeSource",
        check: { type: "CheckStream", stream_names: [] },
        streams: [],
        spec: {
          type: "Spec",
          connection_specification: { type: "object", properties: { key: { type: "string" } } },
          advanced_auth: { oauth_config_specification: { oauth_connector_input_specification: flow } },
        },
      };
      writeFileSync(join(folder, "manifest.yaml"), JSON.stringify(manifest));
      const login = `${ferry} auth login "${folder}" --client-id me --no-browser --timeout 0.1; echo ended with $?`;
      const [terminal, pipe] = await Promise.all([
        run("script", ["-qec", login, "/dev/null"], { env: { ...process.env, TERM: "xterm" } }),
        run("/bin/sh", ["-c", `${ferry} docs "${folder}"`]),
      ]);
      expect(terminal.stdout).toMatch(/Sign in at:\s+http:\/\/127.0.0.1:1\/ask\?client_id=me&state=[\w.-]{64}\s/);
      expect(terminal.stdout).toMatch(/Nobody came back from the sign-in within 0.1 s[^]*ended with 1/);
      expect(pipe.stdout).toContain("- Signing in by OAuth in the browser: `ferry auth login`.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
