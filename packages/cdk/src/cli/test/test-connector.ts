import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { configError } from "../../errors.ts";
import { existingCassette } from "../connector/cassette-of.ts";
import { openConnector } from "../connector/open-connector.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readAcceptanceConfig, type Section } from "./acceptance-config.ts";
import { annotationsOf } from "./report-annotations.ts";
import { junitOf } from "./report-junit.ts";
import { textOf, totals } from "./report-text.ts";
import { runTests } from "./run-tests.ts";
import { openSession } from "./session.ts";

export interface TestCommand {
  /** A manifest's file, or a connector's folder. */
  readonly target: string;
  /** The config for tests that name none. */
  readonly config?: string | undefined;
  readonly sections?: readonly Section[] | undefined;
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
  /** Asks the API even where there is a cassette. */
  readonly live?: boolean | undefined;
  readonly junit?: string | undefined;
  readonly annotations?: "github" | "none" | undefined;
  readonly format?: "text" | "json" | undefined;
}

/** Runs `ferry test`. 1 where a test fails. */
export async function testConnector(command: TestCommand, terminal: Terminal): Promise<0 | 1> {
  const connector = await openConnector(command.target);
  const replay =
    command.live === true || command.record !== undefined
      ? command.replay
      : existingCassette(connector, command.replay);
  if (command.live === true && command.replay !== undefined) throw configError("Give one of --live and --replay.");
  const config = await readAcceptanceConfig(connector.folder, command.config && resolve(command.config));
  const session = openSession(connector, { record: command.record, replay });
  const isText = formatOf(command.format, terminal, "text") === "text";
  if (isText) {
    const from = { live: "live", record: `recording into ${command.record}`, replay: `from ${replay}` }[session.mode];
    terminal.print(`${terminal.style.bold(connector.name)}  ${terminal.style.dim(from)}\n`);
  }
  for (const remark of config.remarks) terminal.complain(`${remark}.\n`);
  const results = await runTests(config, session, command.sections, (result) => {
    if (isText) terminal.print(textOf(result, terminal.style));
  });
  const failed = results.filter(({ status }) => status === "failed").length;
  const about = config.file ?? connector.manifestPath ?? join(connector.folder, "package.json");
  if (isText) terminal.print(`\n${totals(results, terminal.style)}`);
  else {
    const told = { connector: connector.name, mode: session.mode, failed, tests: results };
    terminal.print(`${JSON.stringify(told, undefined, 2)}\n`);
  }
  if (command.annotations === "github") terminal.complain(annotationsOf(about, results));
  if (command.junit !== undefined) await writeFile(command.junit, junitOf(connector.name, results));
  return failed === 0 && results.length > 0 ? 0 : 1;
}
