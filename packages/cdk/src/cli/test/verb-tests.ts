import { existsSync } from "node:fs";
import { relative } from "node:path";
import { readText } from "../../entrypoint/inputs.ts";
import { equal } from "../../json/equal.ts";
import type { Message } from "../../protocol/message.ts";
import { checkCatalog } from "../../testing/checks/check-catalog.ts";
import { checkSpec } from "../../testing/checks/check-spec.ts";
import type { Problem } from "../../testing/checks/problem.ts";
import { readYaml } from "../../yaml/read.ts";
import type { TestEntry } from "./acceptance-config.ts";
import { runProblems, type Outcome } from "./outcome.ts";
import type { Session } from "./session.ts";

export async function testSpec(entry: TestEntry, session: Session): Promise<Outcome> {
  const messages: Message[] = [];
  const result = await session.run("spec", {
    configPath: undefined,
    onMessage: (message) => void messages.push(message),
  });
  const specs = messages.filter((message) => message.type === "SPEC");
  const problems: Problem[] = runProblems(result, entry);
  if (specs.length !== 1) problems.push({ rule: "spec", message: `There are ${specs.length} SPEC messages, not one.` });
  const [first] = specs;
  if (first === undefined) return { problems: [...problems, ...errorsOf(messages)], summary: "" };
  const config = entry.configPath === undefined ? undefined : await session.config(entry.configPath);
  problems.push(...(await checkSpec(first.spec, config)));
  // Of a manifest the spec is a part: nothing to compare.
  if (entry.specPath !== undefined && !/manifest\.ya?ml$/.test(entry.specPath)) {
    const shown = relative(process.cwd(), entry.specPath);
    if (!existsSync(entry.specPath)) problems.push({ rule: "spec", message: `spec_path ${shown} is not there.` });
    else if (!equal(readYaml(await readText("spec", entry.specPath)), first.spec)) {
      problems.push({ rule: "spec", message: `The spec is not what ${shown} says.` });
    }
  }
  return { problems, summary: "" };
}

export async function testConnection(entry: TestEntry, session: Session): Promise<Outcome> {
  const messages: Message[] = [];
  const { configPath, timeoutSeconds, status } = entry;
  const result = await session.run("check", {
    configPath,
    timeoutSeconds,
    onMessage: (message) => void messages.push(message),
  });
  const statuses = messages.flatMap((message) =>
    message.type === "CONNECTION_STATUS" ? [message.connectionStatus] : [],
  );
  const problems = runProblems(result, entry);
  const told = statuses
    .map(({ status: is, message }) => (message === undefined ? is : `${is} (${message})`))
    .join(", ");
  if (status === "exception") {
    if (result.exitCode === 0 && errorsOf(messages).length === 0) {
      problems.push({ rule: "status", message: `An exception was expected, and there is none: ${told}.` });
    }
    return { problems, summary: "exception" };
  }
  const wanted = status === "succeed" ? "SUCCEEDED" : "FAILED";
  if (statuses.length !== 1) {
    problems.push({ rule: "status", message: `There are ${statuses.length} CONNECTION_STATUS messages, not one.` });
  }
  if (statuses[0]?.status !== wanted) {
    problems.push({ rule: "status", message: `${wanted} was expected, and it is ${told === "" ? "not said" : told}.` });
  }
  return { problems: [...problems, ...(statuses.length === 0 ? errorsOf(messages) : [])], summary: wanted };
}

export async function testDiscovery(entry: TestEntry, session: Session): Promise<Outcome> {
  const messages: Message[] = [];
  const { configPath, timeoutSeconds } = entry;
  const result = await session.run("discover", {
    configPath,
    timeoutSeconds,
    onMessage: (message) => void messages.push(message),
  });
  const problems = runProblems(result, entry);
  const errors = errorsOf(messages);
  const catalogs = messages.flatMap((message) => (message.type === "CATALOG" ? [message.catalog] : []));
  // Not every source asks anybody in order to tell its streams: it may go well where the check does not.
  if (entry.status !== "succeed" && errors.length > 0) return { problems, summary: "fails, as expected" };
  problems.push(...errors);
  if (catalogs.length !== 1)
    problems.push({ rule: "catalog", message: `There are ${catalogs.length} CATALOG messages, not one.` });
  const [first] = catalogs;
  if (first !== undefined) problems.push(...(await checkCatalog(first)));
  const count = first?.streams.length ?? 0;
  return { problems, summary: count === 1 ? "1 stream" : `${count} streams` };
}

const errorsOf = (messages: readonly Message[]): Problem[] =>
  messages.flatMap((message) =>
    message.type === "TRACE" && message.trace.error !== undefined
      ? [{ rule: "error", message: message.trace.error.message, stream: message.trace.error.stream_descriptor?.name }]
      : [],
  );
