import type { JsonObject } from "ferry-cdk";
import { alternative, names, text } from "./fields.ts";

const sized = (name: string): JsonObject => ({
  page_size: {
    type: "integer",
    title: "Page size",
    description: "Records per page. A page with fewer is the last one, where pages are counted.",
    minimum: 1,
  },
  size_param: text("Size parameter", "What the page size is called; sent where a page size is given.", {
    default: name,
  }),
});

const place: JsonObject = {
  in: {
    type: "string",
    title: "Place",
    description: "The part of the request that page and page size go into.",
    enum: ["query", "body"],
    default: "query",
  },
};

export const pagination: JsonObject = {
  type: "object",
  title: "Pagination",
  description: "How the next page is asked for.",
  oneOf: [
    alternative("none", "None"),
    alternative("page", "Page number", {
      page_param: text("Page parameter", "What the page's number is called.", { default: "page" }),
      start: { type: "integer", title: "First page", description: "The number of the first page.", default: 1 },
      ...sized("per_page"),
      ...place,
    }),
    alternative("offset", "Offset", {
      offset_param: text("Offset parameter", "What the number of records to skip is called.", { default: "offset" }),
      ...sized("limit"),
      ...place,
    }),
    alternative("cursor", "Cursor", {
      cursor_path: names("Cursor path", "Where the answer holds the next page's cursor.", { minItems: 1 }),
      record_field: text("Record field", "In place of a path: the field of a page's last record that is the cursor."),
      has_more_path: names("Path of “has more”", "Where the answer says whether more pages follow.", { minItems: 1 }),
      cursor_param: text("Cursor parameter", "What the cursor is called.", { default: "cursor" }),
      ...sized("limit"),
      ...place,
    }),
    alternative(
      "next_url",
      "URL in the answer",
      {
        url_path: names("URL path", "Where the answer holds the next page's URL.", { minItems: 1 }),
        ...sized("limit"),
      },
      ["url_path"],
    ),
    alternative("link_header", "Link header", sized("per_page")),
  ],
};
