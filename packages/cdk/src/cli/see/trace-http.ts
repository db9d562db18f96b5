import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import { createScrubber } from "../../cassette/scrub.ts";
import type { HttpRequest, RequestOrigin } from "../../http/types.ts";
import type { Observation } from "../../roles/observe.ts";
import type { Watcher } from "../run/watcher.ts";
import { bytes, duration } from "../terminal/amounts.ts";
import { fit } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { tree, type TreeNode } from "../terminal/tree.ts";
import { curlOf } from "./curl.ts";
import { sliceText } from "./slice-text.ts";
import { watchExchanges, type SeenExchange } from "./exchange-log.ts";

type Shown = Pick<Terminal, "complain" | "width" | "remarks">;

/** Shows on stderr what is asked and what comes of it: as a tree of each slice once it is read, or as curl commands. */
export function traceHttp(form: string, terminal: Shown, mask: (text: string) => string): Watcher {
  return form === "curl" ? curlTrace(terminal, mask) : treeTrace(terminal, mask);
}

function curlTrace({ complain, remarks }: Shown, mask: (text: string) => string): Watcher {
  const scrubber = createScrubber();
  const plain = ({ headers, ...request }: HttpRequest): HttpRequest => ({
    ...request,
    headers: Object.fromEntries(scrubber.headers(Object.entries(headers))),
  });
  return {
    ...watchExchanges({
      onEnd(exchange) {
        complain(
          `${mask(scrubber.text(curlOf(plain(exchange.request))))}\n${remarks.dim(mask(`# ${outcomeOf(exchange)}`))}\n`,
        );
      },
    }),
  };
}

/** A page of a slice, while it is read. */
interface TracedPage {
  readonly token: Json | undefined;
  readonly lines: string[];
}
interface TracedSlice {
  readonly pages: TracedPage[];
}

function treeTrace({ complain, width, remarks }: Shown, mask: (text: string) => string): Watcher {
  const slices = new Map<RequestOrigin["slice"], TracedSlice>();
  const scrubber = createScrubber();
  const print = (text: string): void => complain(mask(text));

  /** The page of a slice that is being read; undefined for what belongs to none, such as a parent's page. */
  function pageOf(origin: RequestOrigin | undefined): TracedPage | undefined {
    const slice = origin && slices.get(origin.slice);
    if (slice === undefined) return undefined;
    const last = slice.pages.at(-1);
    if (last !== undefined && last.token === origin!.token) return last;
    const page: TracedPage = { token: origin!.token, lines: [] };
    slice.pages.push(page);
    return page;
  }
  function note(origin: RequestOrigin | undefined, line: string): void {
    const page = pageOf(origin);
    if (page !== undefined) page.lines.push(line);
    else print(`${origin === undefined ? "" : `${remarks.bold(origin.stream)} ${sliceText(origin.slice)} `}${line}\n`);
  }
  function observe(event: Observation): void {
    switch (event.type) {
      case "slice":
        slices.set(event.slice, { pages: [] });
        return;
      case "retry":
        return note(event.origin, remarks.yellow(`again in ${duration(event.seconds)}: ${event.reason}`));
      case "page":
        return note(event.origin, pageLine(event));
      case "slice-end": {
        const nodes = (slices.get(event.slice)?.pages ?? []).map(nodeOf);
        slices.delete(event.slice);
        const end = "error" in event ? remarks.red(`failed: ${messageOf(event.error)}`) : `${event.records} records`;
        print(`${remarks.bold(event.stream)} ${sliceText(event.slice)}: ${end}\n${tree(nodes)}`);
      }
    }
  }
  function nodeOf({ token, lines }: TracedPage, index: number): TreeNode {
    const by = token === undefined ? "" : ` by ${printJson(token)}`;
    return { label: fit(`page ${index + 1}${by}`, width), children: lines.map((label) => ({ label })) };
  }
  return {
    observe,
    ...watchExchanges({
      onHead: (exchange) => note(exchange.origin, requestLine(exchange)),
    }),
    end() {
      for (const { pages } of slices.values()) print(tree(pages.map(nodeOf))); // those that were broken off
    },
  };

  function requestLine({
    request: { method, url },
    status,
    waited,
    error,
  }: Pick<SeenExchange, "request" | "status" | "waited" | "error">): string {
    const came = status === undefined ? remarks.red(error ?? "no answer") : statusText(status);
    return `${method} ${scrubber.text(url)} → ${came} ${remarks.dim(`after ${Math.round(waited)} ms`)}`;
  }
  function statusText(status: number): string {
    return status < 400 ? remarks.green(String(status)) : remarks.red(String(status));
  }
  function pageLine({ extracted, selected, next }: Extract<Observation, { type: "page" }>): string {
    const count = extracted === selected ? `${selected} records` : `${selected} of ${extracted} records`;
    if (next !== undefined) return `${count}, next page by ${printJson(next)}`;
    return `${count}, the last page: ${extracted === 0 ? "it is empty" : "the paginator names no next one"}`;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function outcomeOf({ status, took, bytes: size, error }: SeenExchange): string {
  if (status === undefined) return `no answer: ${error ?? ""}`;
  return `${status}, ${bytes(size)} in ${Math.round(took)} ms${error === undefined ? "" : `, then ${error}`}`;
}
