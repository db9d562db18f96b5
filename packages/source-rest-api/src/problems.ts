import { compileTemplate, entries, get, isObject, keys, nearest, type Json, type JsonObject } from "ferry-cdk";
import { endpointsOf } from "./manifest.ts";
import { specification } from "./specification/specification.ts";

/** What is wrong with a config beyond what its schema can tell; the schema may not hold either. */
export function problemsOf(config: JsonObject): string[] {
  const endpoints = endpointsOf(config);
  const seen = new Map<string, number>();
  return [
    ...misspelled(config),
    ...templateProblems(get(config, "headers"), "/headers"),
    ...endpoints.flatMap(({ name, spec }, index) => {
      const at = `/endpoints/${index}`;
      const first = seen.get(name);
      seen.set(name, first ?? index);
      return [
        ...(first === undefined ? [] : [`${at}/name is "${name}" as /endpoints/${first}/name: give each its own name`]),
        ...endpointProblems(spec, at),
        ...["path", "params", "headers", "body_json", "body_form"].flatMap((member) =>
          templateProblems(get(spec, member), `${at}/${member}`),
        ),
      ];
    }),
  ];
}

/** Keys that the spec does not know are for templates; one that is nearly a known key is a slip. */
function misspelled(config: JsonObject): string[] {
  const properties = get(specification.connectionSpecification, "properties");
  const known = isObject(properties) ? keys(properties) : [];
  return keys(config).flatMap((key) => {
    const meant = known.includes(key) || key.startsWith("_") ? undefined : nearest(key, known);
    return meant === undefined || keys(config).includes(meant) ? [] : [`/${key} is not known: did you mean ${meant}?`];
  });
}

function endpointProblems(spec: JsonObject, at: string): string[] {
  const given = (name: string): boolean => get(spec, name) !== undefined;
  const problems: string[] = [];
  if (given("body_json") && given("body_form")) {
    problems.push(`${at}/body_form is given as well as ${at}/body_json: a request has one body, so remove one of them`);
  }
  if (get(spec, "http_method") !== "POST" && (given("body_json") || given("body_form"))) {
    const body = given("body_json") ? "body_json" : "body_form";
    problems.push(`${at}/${body} is given, but the method is GET: ${at}/http_method must be "POST"`);
  }
  for (const name of ["cursor_param", "cursor_format", "lookback_window"]) {
    if (!given(name) || given("cursor_field")) continue;
    problems.push(`${at}/${name} needs ${at}/cursor_field: it must be a field of the records such as "updated_at"`);
  }
  const pagination = get(spec, "pagination");
  if (isObject(pagination)) problems.push(...paginationProblems(pagination, spec, `${at}/pagination`));
  return problems;
}

function paginationProblems(pagination: JsonObject, endpoint: JsonObject, at: string): string[] {
  const path = get(pagination, "cursor_path");
  const field = get(pagination, "record_field");
  const problems: string[] = [];
  if (get(pagination, "type") === "cursor" && (path === undefined) === (field === undefined)) {
    problems.push(
      `${at} must have one of cursor_path (the keys in the answer, such as ["meta","next"]) and record_field (a field of ` +
        `the last record, such as "id"), and has ${path === undefined ? "neither" : "both"}`,
    );
  }
  if (get(pagination, "in") === "body" && get(endpoint, "http_method") !== "POST") {
    problems.push(`${at}/in is "body" but must be "query": a GET has no body`);
  }
  return problems;
}

/** What templates of a request may look at. */
const visible = ["config", "stream_interval", "stream_slice", "next_page_token"];

function templateProblems(value: Json | undefined, at: string): string[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => templateProblems(item, `${at}/${index}`));
  }
  if (isObject(value)) {
    return entries(value).flatMap(([key, member]) =>
      templateProblems(member, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    );
  }
  if (typeof value !== "string") return [];
  const { error, reads } = compileTemplate(value);
  if (error !== undefined) return [`${at}: ${error.message}`];
  const unknown = new Set(reads.map(([name]) => name).filter((name) => !visible.includes(name)));
  return [...unknown].map((name) => {
    const meant = nearest(name, visible);
    const hint = meant === undefined ? `it may use ${visible.join(", ")}` : `did you mean ${meant}?`;
    return `${at} is ${JSON.stringify(value)}, whose template uses "${name}", which is not known here: ${hint}`;
  });
}
