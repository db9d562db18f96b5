import type { Confidence, FoundPagination, PageSize, Pagination } from "../draft.ts";
import {
  isAnswerPart,
  isHolder,
  isLastRecordParam,
  isOffsetParam,
  isPageParam,
  isSizeParam,
  isTokenParam,
  type AnswerPart,
} from "../paging-names.ts";
import type { Document } from "./document.ts";
import type { Operation, Parameter } from "./operations.ts";
import { viewOf } from "./view.ts";

/** How an endpoint is paged, by its parameters and by what its answer holds beside the records. */
export function findPagination(
  { parameters, answer }: Operation,
  key: readonly string[],
  document: Document,
): FoundPagination {
  const query = parameters.filter(({ in: place }) => place === "query");
  const param = (is: (name: string) => boolean): Parameter | undefined => query.find(({ name }) => is(name));
  const places = answerParts(answer?.schema, document);
  const size = sizeOf(param(isSizeParam));
  // A text is no number to count up: an offset or a page that is one is a token.
  const isText = ({ schema }: Parameter): boolean =>
    schema["type"] === "string" && !/^\d+$/.test(String(schema["default"]));
  const token =
    param(isTokenParam) ??
    query.find(
      (each) => (isOffsetParam(each.name) || isPageParam(each.name)) && isText(each) && places.token.length > 0,
    );
  const last = param(isLastRecordParam);
  const page = param(isPageParam);
  const offset = param(isOffsetParam);
  const found = (pagination: Pagination, value: string, confidence: Confidence, why: string): FoundPagination => ({
    pagination,
    finding: { subject: "pagination", value, confidence: size?.guessed === true ? "low" : confidence, why },
  });
  const sure = size?.size;
  const url = places.url.find(({ isUrl }) => isUrl) ?? (token === undefined ? places.url[0] : undefined);
  const tokenField = places.token.find(({ path }) => path !== url?.path) ?? places.token[0];
  if (token !== undefined && tokenField !== undefined && !tokenField.isUrl) {
    const why = `the parameter ${token.name} takes what the answer has at ${tokenField.path.join(".")}`;
    return found({ type: "cursor", param: token.name, path: tokenField.path, size: sure }, token.name, "high", why);
  }
  if (last !== undefined && places.more[0] !== undefined && key.length === 1) {
    const more = places.more[0].path;
    const why = `the parameter ${last.name}, and ${more.join(".")} in the answer`;
    return found({ type: "last_record", param: last.name, field: key[0]!, more, size: sure }, last.name, "high", why);
  }
  if (url !== undefined && (url.isUrl || page === undefined)) {
    const why = `the answer has the next page's address at ${url.path.join(".")}`;
    return found(
      { type: "next_url", path: url.path, size: sure },
      url.path.join("."),
      url.isUrl ? "high" : "medium",
      why,
    );
  }
  if (answer?.headers.includes("link") === true) {
    return found({ type: "link_header", size: sure }, "Link", "high", "the answer has a header Link");
  }
  if (offset !== undefined && size !== undefined) {
    return found({ type: "offset", param: offset.name, size: size.size }, offset.name, "high", reasons(offset, size));
  }
  if (page !== undefined) {
    const start = Number(page.schema["default"] ?? page.schema["minimum"] ?? 1);
    const pagination = { type: "page", param: page.name, start: start === 0 ? 0 : 1, size: sure } as const;
    return found(pagination, page.name, sure === undefined ? "medium" : "high", reasons(page, size));
  }
  const unused = token ?? last ?? offset;
  return {
    pagination: undefined,
    finding: {
      subject: "pagination",
      value: "none",
      confidence: unused === undefined && size === undefined ? "medium" : "low",
      why:
        unused === undefined
          ? "no parameter and no part of the answer tells of pages"
          : `there is a parameter ${unused.name}, but nothing in the answer that it could take`,
    },
  };
}

const reasons = (param: Parameter, size: FoundSize | undefined): string =>
  size === undefined
    ? `the parameter ${param.name}`
    : `the parameters ${param.name} and ${size.size.param ?? ""}${size.guessed ? ", whose greatest value is not stated" : ""}`;

interface FoundSize {
  readonly size: PageSize;
  /** Nothing says which sizes the API takes. */
  readonly guessed: boolean;
}

/** The greatest size that an API says to take: a size that it cuts down would end the reading after the first page. */
function sizeOf(param: Parameter | undefined): FoundSize | undefined {
  if (param === undefined) return undefined;
  const stated = Number(param.schema["maximum"] ?? inWords(param.description) ?? NaN);
  if (stated > 0) return { size: { param: param.name, value: Math.min(stated, 1000) }, guessed: false };
  const usual = Number(param.schema["default"] ?? param.example ?? NaN);
  return usual > 0
    ? { size: { param: param.name, value: usual }, guessed: false }
    : { size: { param: param.name, value: 50 }, guessed: true };
}

function inWords(description: string): string | undefined {
  const text = description.replace(/(\d),(?=\d{3}\b)/g, "$1");
  return (
    /\b(?:max(?:imum)?|up to|at most|no more than)\b[^.\d]{0,25}(\d+)/i.exec(text)?.[1] ??
    /\bbetween \d+ and (\d+)/i.exec(text)?.[1] ??
    /\brange from \d+ to (\d+)/i.exec(text)?.[1] ??
    /\b\d+\s?(?:-|–|to)\s?(\d+)\b/.exec(text)?.[1]
  );
}

interface Place {
  readonly path: readonly string[];
  readonly isUrl: boolean;
}

/** Where an answer holds the parts of its pagination, at up to three levels. */
function answerParts(schema: unknown, document: Document): Readonly<Record<AnswerPart, readonly Place[]>> {
  const parts: Record<AnswerPart, Place[]> = { token: [], url: [], more: [] };
  walk(schema, []);
  return parts;

  function walk(node: unknown, above: readonly string[]): void {
    for (const [name, { schema: member }] of viewOf(node, document).properties) {
      const path = [...above, name];
      const view = viewOf(member, document);
      if (view.types.has("object")) {
        if (above.length < 2 && isHolder(name)) walk(member, path);
        continue;
      }
      if (view.types.has("array")) continue;
      if (view.types.has("boolean")) {
        if (isAnswerPart("more", path)) parts.more.push({ path, isUrl: false });
        continue;
      }
      const isUrl =
        view.format === "uri" ||
        view.format === "url" ||
        /url|link|href/i.test(path.join(".")) ||
        /^(?:https?:\/\/|\/\w)/.test(String(view.example ?? "")) ||
        /\b(?:URL|URI)\b/i.test(view.description ?? "");
      if (isAnswerPart("url", path) && (isUrl || /^next/i.test(name))) parts.url.push({ path, isUrl });
      if (isAnswerPart("token", path)) parts.token.push({ path, isUrl });
    }
  }
}
