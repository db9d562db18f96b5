import { Float, isList, isObject, keys, type Json, type JsonObject } from "../json/value.ts";
import type { Kind } from "../roles.ts";
import type { Language } from "./language.ts";

/** How one of a kind begins: what it imports beside `component`, and what `create` gives. */
interface Beginning {
  readonly imports?: readonly string[];
  readonly gives: string;
}

/** By kind; each is a whole component that runs. */
const beginnings: Partial<Readonly<Record<Kind, Beginning>>> = {
  authenticator: {
    gives: `({
    async apply(request) {
      return { ...request, headers: { ...request.headers, Authorization: "…" } };
    },
  })`,
  },
  backoffStrategy: { gives: `async (outcome, attempt) => 2 ** attempt` },
  configTransformation: {
    imports: ["set"],
    gives: `(config) => {
    set(config, "field", "value");
  }`,
  },
  decoder: {
    imports: ["parseJson"],
    gives: `({
    streams: false,
    async *decode(response) {
      yield [parseJson(await response.text())];
    },
  })`,
  },
  errorHandler: {
    gives: `({
    maxRetries: 5,
    maxTime: undefined,
    backoffs: [],
    async interpret(outcome) {
      return { action: "status" in outcome && outcome.status < 400 ? "SUCCESS" : "RETRY" };
    },
  })`,
  },
  extractor: {
    imports: ["get", "isObject", "valueRows"],
    gives: `async function* (response) {
    const body = await response.json();
    const records = isObject(body) ? get(body, "data") : undefined;
    if (Array.isArray(records)) yield valueRows(records);
  }`,
  },
  paginationStrategy: {
    imports: ["get", "isObject"],
    gives: `({
    pageSize: undefined,
    first: undefined,
    async next(page, token) {
      const body = await page.response.json();
      return isObject(body) ? get(body, "next") : undefined;
    },
  })`,
  },
  partitionRouter: {
    gives: `({
    async *partitions() {
      yield { partition: { id: "1" }, extra: {} };
    },
    options: () => ({}),
    parents: [],
    state: () => undefined,
  })`,
  },
  recordFilter: {
    imports: ["get", "isObject"],
    gives: `(record, context) => isObject(record) && get(record, "id") !== undefined`,
  },
  requester: {
    gives: `({
    async send(context, options, path) {
      const request = { method: "GET", url: "https://…", headers: {} };
      const response = await scope.run.send(request, { signal: scope.run.signal });
      return { action: "SUCCESS", response };
    },
  })`,
  },
  retriever: {
    imports: ["valueRows"],
    gives: `({
    async *read(slice) {
      yield valueRows([{ id: 1 }]);
    },
  })`,
  },
  schemaLoader: { gives: `async () => ({ type: "object", properties: {} })` },
  schemaNormalization: {
    imports: ["set"],
    gives: `(schema) => (record) => {
    set(record, "field", "value");
  }`,
  },
  stateMigration: { gives: `(state) => state` },
  transformation: {
    imports: ["set"],
    gives: `(record, context) => {
    set(record, "field", "value");
  }`,
  },
  validationStrategy: {
    imports: ["configError"],
    gives: `async (value) => {
    if (value === null) throw configError("What is wrong, and what would be right.");
  }`,
  },
};

/** TypeScript to begin a component with: its kind, its name, the fields that the manifest gives it, the role's functions. */
export function stubOf(language: Language, kind: Kind, type: string, spec: JsonObject): string {
  const { imports = [], gives } = beginnings[kind] ?? { gives: "…" };
  const fields = fieldsOf(language, spec);
  const slot = fields.some(([, schema]) => schema.includes("slot(")) ? "slot" : "_";
  return `import { ${["component", ...imports].join(", ")} } from "ferry-cdk";

export const ${type[0]!.toLowerCase()}${type.slice(1)} = component({
  kind: "${kind}",
  type: "${type}",
  schema: (${slot}, z) => z.object({${fields.map(([name, schema]) => ` ${name}: ${schema}`).join(",")}${fields.length > 0 ? " " : ""}}),
  create: (spec, scope) => ${gives},
});
`;
}

function fieldsOf(language: Language, spec: JsonObject): [name: string, schema: string][] {
  const parameters = spec["$parameters"];
  const given = parameters !== undefined && isObject(parameters) ? keys(parameters) : [];
  const left = new Set(["type", "class_name", "$parameters", ...given]);
  return keys(spec)
    .filter((name) => !left.has(name))
    .map((name) => [/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name), schemaOf(language, spec[name]!)]);
}

/** The zod schema that fits a value. */
function schemaOf(language: Language, value: Json): string {
  if (typeof value === "string") return "z.string()";
  if (typeof value === "boolean") return "z.boolean()";
  if (value === null || typeof value === "bigint") return "z.unknown()";
  if (typeof value === "number" || value instanceof Float) return "z.number()";
  if (isList(value)) return `z.array(${value.length === 0 ? "z.unknown()" : schemaOf(language, value[0]!)})`;
  const type = value["type"];
  const component = typeof type === "string" ? language.components.get(type) : undefined;
  return component === undefined ? "z.record(z.string(), z.unknown())" : `slot("${component.kind}")`;
}
