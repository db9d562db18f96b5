import { driftBetween, type Change, type EndpointDrift } from "../../cassette/drift.ts";
import { readCassette } from "../../cassette/recording-file.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Prints how an API drifted between two cassettes. 1 where it did. */
export async function diffCassettes(
  before: string,
  after: string,
  asked: "text" | "json" | undefined,
  terminal: Terminal,
): Promise<0 | 1> {
  const drift = await driftBetween(await readCassette(before), await readCassette(after));
  if (formatOf(asked, terminal, "json") === "json") {
    terminal.print(`${JSON.stringify({ before, after, endpoints: drift }, undefined, 2)}\n`);
  } else if (drift.length === 0) terminal.print("Nothing changed.\n");
  else for (const endpoint of drift) terminal.print(printed(endpoint, terminal));
  return drift.length === 0 ? 0 : 1;
}

function printed({ endpoint, change, requests, changes }: EndpointDrift, { style }: Terminal): string {
  if (change === "added") return `${style.green(`+ ${endpoint}`)}  asked ${times(requests[1])} now, never before\n`;
  if (change === "removed") return `${style.red(`- ${endpoint}`)}  asked ${times(requests[0])} before, never now\n`;
  return `${style.yellow(`~ ${endpoint}`)}\n${changes.map((each) => `    ${line(each)}\n`).join("")}`;

  function line({ kind, name, before, after }: Change): string {
    const what = kind === name ? kind : `${kind} ${style.bold(name)}`;
    if (before === undefined) return `${style.green("+")} ${what}${after === "sent" ? "" : `: ${after}`}`;
    if (after === undefined) return `${style.red("-")} ${what}${before === "sent" ? "" : `: ${before}`}`;
    return `${style.yellow("~")} ${what}: ${before} → ${after}`;
  }
}

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
