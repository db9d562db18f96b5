import { printJson } from "../../json/print.ts";
import { entries, fromEntries, type Json, type JsonObject } from "../../json/value.ts";
import { sliceText } from "../see/slice-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { tree, type TreeNode } from "../terminal/tree.ts";
import type { Plan, PlannedRequest } from "./make-plan.ts";
import type { ManifestFacts } from "./manifest-facts.ts";

/** A plan for people: each stream with its slices, each of these with its first request. */
export function printPlan(
  { before, streams }: Plan,
  facts: ManifestFacts | undefined,
  names: readonly string[],
  slices: number,
  { style }: Pick<Terminal, "style">,
): string {
  const text: string[] = [];
  if (before.length > 0) text.push(`${style.bold("first")}\n${tree(before.map(requestNode))}`);
  for (const name of names) {
    const planned = streams.get(name);
    const nodes: TreeNode[] = (planned?.slices ?? []).map(({ slice, requests }) => ({
      label: style.dim(sliceText(slice)),
      children: requests.map(requestNode),
    }));
    if (nodes.length >= slices)
      nodes.push({ label: style.dim("… and more slices, if there are (--slices shows them)") });
    if (planned?.problem !== undefined) nodes.push({ label: style.yellow(planned.problem) });
    const pages = facts?.pages.get(name);
    if (pages !== undefined) nodes.push({ label: style.dim(`then page after page, as the answers say (${pages})`) });
    if (nodes.length === 0) nodes.push({ label: style.dim("nothing is known before an answer comes") });
    text.push(`${style.bold(name)}${partsOf(name)}\n${tree(nodes)}`);
  }
  return text.join("\n");

  function partsOf(name: string): string {
    const parents = facts?.parents.get(name) ?? [];
    return parents.length === 0 ? "" : style.dim(`  once for each record of ${parents.join(" and ")}`);
  }
}

function requestNode({ method, url, body }: PlannedRequest): TreeNode {
  return { label: `${method} ${url}`, children: body === undefined ? [] : [{ label: body }] };
}

/** A plan for programs: a line for each request. */
export function printPlanLines({ before, streams }: Plan): string {
  const lines: JsonObject[] = before.map((request) => ({ stream: null, slice: null, ...plain(request) }));
  for (const [stream, { slices, problem }] of streams) {
    for (const { slice, requests } of slices) {
      const values = fromEntries([...entries(slice.partition), ...entries(slice.interval)]);
      for (const request of requests) lines.push({ stream, slice: values, ...plain(request) });
    }
    if (problem !== undefined) lines.push({ stream, problem });
  }
  return lines.map((line) => `${printJson(line)}\n`).join("");
}

function plain({ method, url, headers, body }: PlannedRequest): Record<string, Json> {
  return { method, url, headers: { ...headers }, ...(body === undefined ? {} : { body }) };
}
