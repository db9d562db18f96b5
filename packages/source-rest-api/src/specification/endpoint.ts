import type { JsonObject } from "ferry-cdk";
import { mapping, names, text } from "./fields.ts";
import { pagination } from "./pagination.ts";

export const endpoint: JsonObject = {
  type: "object",
  title: "Endpoint",
  required: ["name", "path"],
  additionalProperties: false,
  properties: {
    name: text("Name", "The stream's name.", { minLength: 1 }),
    path: text("Path", "Added to the base URL. May be a template that sees `config`.", { examples: ["/customers"] }),
    http_method: {
      type: "string",
      title: "Method",
      description: "The method of the requests.",
      enum: ["GET", "POST"],
      default: "GET",
    },
    params: mapping("Parameters", "Parameters of the query."),
    headers: mapping("Headers", "Headers of this endpoint."),
    body_json: {
      type: "object",
      title: "JSON body",
      description: "The body of a POST, as JSON. Texts in it may be templates that see `config`.",
      additionalProperties: true,
    },
    body_form: mapping("Form body", "The body of a POST, as the fields of a form."),
    records_path: names("Records path", "The keys that lead to the records in an answer; found when left out."),
    primary_key: names("Primary key", "The fields that tell records apart."),
    pagination,
    cursor_field: text("Cursor field", "The field, a date-time, by which only new records are read.", {
      minLength: 1,
      examples: ["updated_at"],
    }),
    cursor_param: text(
      "Cursor parameter",
      "The parameter that asks for records since then. Without it, old records are dropped after they were read.",
      { examples: ["updated_since"] },
    ),
    cursor_format: text("Cursor format", "How the API writes date-times, in strftime's directives.", {
      pattern: "%",
      examples: ["%Y-%m-%dT%H:%M:%SZ"],
    }),
    lookback_window: text("Lookback window", "How much of what was read to read again, an ISO 8601 duration.", {
      pattern: "^P",
      examples: ["P1D"],
    }),
  },
};
