import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
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
