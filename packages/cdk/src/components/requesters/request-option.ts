import { component, type Component } from "../../component.ts";
import { configError, systemError } from "../../errors.ts";
import { get, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import type { RequestOption } from "../../roles.ts";

const TARGETS = { request_parameter: "params", header: "headers", body_data: "form", body_json: "json" } as const;

export const requestOption: Component<"requestOption"> = component({
  kind: "requestOption",
  type: "RequestOption",
  description: "Where in a request a value goes: a query parameter, a header, or the body.",
  schema: (_, z) =>
    z.object({
      inject_into: z
        .enum(["request_parameter", "header", "body_data", "body_json"])
        .describe("The part of the request that the value goes into."),
      field_name: z
        .string()
        .optional()
        .describe(
          "The name that it goes by there. May see: config; in a cursor or an ApiKeyAuthenticator also parameters.",
        ),
      field_path: z
        .array(z.string())
        .optional()
        .describe("In place of a name, the path to it in a JSON body. Each part may see what a name may."),
    }),
  create({ inject_into, field_name = "", field_path = [] }, scope): RequestOption {
    if ((field_name === "") === (field_path.length === 0)) {
      throw configError("RequestOption: say where the value goes by either `field_name` or `field_path`.");
    }
    if (field_path.length > 0 && inject_into !== "body_json") {
      throw configError(
        `RequestOption: \`field_path\` works with \`inject_into: body_json\` only. For ${inject_into}, use \`field_name\`.`,
      );
    }
    const path = (field_path.length > 0 ? field_path : [field_name]).map((part) => scope.text(part));
    const part = TARGETS[inject_into];
    return {
      into: inject_into,
      inject(target, value) {
        const names = path.map((name) => name({}));
        setAt(target[part], names, value);
      },
    };
  },
});

function setAt(target: JsonObject, [name = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) return set(target, name, value);
  const next = get(target, name) ?? {};
  if (!isObject(next))
    throw systemError(`RequestOption: \`field_path\` goes through "${name}", which holds a plain value.`);
  set(target, name, next);
  setAt(next, rest, value);
}
