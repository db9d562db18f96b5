import { snakeCase } from "./draft.ts";

/** What APIs call the parts of their pagination; compared without case, `_`, `-` and brackets. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const names = (...list: readonly string[]): ((name: string) => boolean) => {
  const known = new Set(list);
  return (name) => known.has(plainName(name));
};

export const isPageParam: (name: string) => boolean = names(
  "page",
  "pagenumber",
  "pageno",
  "pageindex",
  "pagenum",
  "currentpage",
  "p",
);

export const isSizeParam: (name: string) => boolean = names(
  "perpage",
  "pagesize",
  "limit",
  "size",
  "pagelimit",
  "maxresults",
  "maxpagesize",
  "top",
  "rows",
  "take",
  "count",
  "pagecount",
  "itemsperpage",
  "resultsperpage",
  "recordsperpage",
  "rpp",
);

export const isOffsetParam: (name: string) => boolean = names(
  "offset",
  "skip",
  "startat",
  "startindex",
  "startrow",
  "start",
  "pageoffset",
);

export const isTokenParam: (name: string) => boolean = names(
  "cursor",
  "pagetoken",
  "nextpagetoken",
  "nexttoken",
  "nextcursor",
  "after",
  "pageafter",
  "pagecursor",
  "continuationtoken",
  "continuation",
  "marker",
  "bookmark",
  "scrollid",
  "next",
  "nextpage",
  "startcursor",
  "token",
  "offsettoken",
);

export const isLastRecordParam: (name: string) => boolean = names("startingafter", "afterid", "sinceid", "lastid");

const tokenFields = names(
  "nextcursor",
  "nextpagetoken",
  "nexttoken",
  "cursor",
  "next",
  "nextpage",
  "after",
  "endcursor",
  "continuationtoken",
  "nextcontinuationtoken",
  "marker",
  "nextmarker",
  "bookmark",
  "scrollid",
  "pagetoken",
  "cursornext",
);
const urlFields = names(
  "next",
  "nextpage",
  "nexturl",
  "nextpageurl",
  "nextlink",
  "odatanextlink",
  "nexthref",
  "nextpagelink",
  "href",
  "nextrecordsurl",
);
const moreFields = names("hasmore", "more", "hasnext", "hasnextpage", "hasmoreitems", "moreresults");

const holders = names(
  "meta",
  "metadata",
  "pagination",
  "paging",
  "links",
  "cursors",
  "page",
  "pageinfo",
  "responsemetadata",
  "next",
  "nextpage",
  "cursor",
);

/** Where an answer may have a part of its pagination: a member's name, that of what holds it before it. */
export type AnswerPart = "token" | "url" | "more";

export function isAnswerPart(part: AnswerPart, path: readonly string[]): boolean {
  const last = path.at(-1)!;
  const above = path.slice(0, -1);
  if (!above.every(holders)) return false;
  if (part === "more") return moreFields(last);
  if (part === "token")
    return tokenFields(last) || (isNext(above.at(-1)) && (isOffsetParam(last) || isPageParam(last)));
  return urlFields(last) && (plainName(last) !== "href" || plainName(above.at(-1) ?? "") === "next");
}

const isNext = (name: string | undefined): boolean => name !== undefined && /^next/i.test(name);

/** Whether a member may hold parts of the pagination. */
export const isHolder: (name: string) => boolean = holders;

const SINCE =
  /^(?:(?:updated|modified|changed|created|edited|last_?modified|last_?updated|date)_?(?:at|on|date|time)?_?(?:since|after|from|gte?|min|start)|(?:min|from|start|after|since)_?(?:updated|modified|changed|created|last_?modified)_?(?:at|on|date|time)?|(?:modified|updated|changed)_?since|since|start_?(?:date|time)|from_?(?:date|time)|oldest|min_?date)$/i;

/** Whether a parameter asks for what is new since some time. */
export function isSinceParam(name: string): boolean {
  const plain = snakeCase(name).replace(/^(?:filter|query|where)_/, "");
  return SINCE.test(plain);
}
