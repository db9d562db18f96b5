import { isNode, nodesOf, textOf, type Document, type Node } from "./document.ts";

/** A GET of a description, of whichever version, in one form. */
export interface Operation {
  readonly path: string;
  readonly id: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly answer: Answer | undefined;
  readonly security: readonly Node[] | undefined;
  readonly deprecated: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Node;
  readonly description: string;
  readonly example: unknown;
}

/** What a successful answer looks like. */
export interface Answer {
  readonly schema: unknown;
  readonly example: unknown;
  readonly headers: readonly string[];
}

/** All GETs that answer something, in the order of the description. */
export function operationsOf(document: Document): Operation[] {
  const { root, resolve } = document;
  return Object.entries(resolve(root["paths"])).flatMap(([path, item]) => {
    const shared = resolve(item);
    if (!isNode(shared["get"])) return [];
    const operation = resolve(shared["get"]);
    const parameters = [...nodesOf(shared["parameters"]), ...nodesOf(operation["parameters"])]
      .map((each) => parameterOf(resolve(each), document))
      .filter(({ name }) => name !== "");
    const own = new Map(parameters.map((each) => [`${each.in} ${each.name}`, each]));
    return [
      {
        path,
        id: textOf(operation["operationId"]),
        parameters: [...own.values()],
        answer: answerOf(operation, document),
        security: Array.isArray(operation["security"]) ? nodesOf(operation["security"]).filter(isNode) : undefined,
        deprecated: operation["deprecated"] === true,
      },
    ];
  });
}

function parameterOf(node: Node, { resolve }: Document): Parameter {
  const content = Object.values(resolve(node["content"]))[0];
  // Swagger 2 states type, format and limits at the parameter itself.
  const schema = node["schema"] ?? (isNode(content) ? content["schema"] : undefined) ?? node;
  return {
    name: textOf(node["name"]) ?? "",
    in: textOf(node["in"]) ?? "query",
    required: node["required"] === true,
    schema: resolve(schema),
    description: textOf(node["description"]) ?? "",
    example: node["example"] ?? exampleOf(node["examples"], resolve),
  };
}

function answerOf(operation: Node, { resolve }: Document): Answer | undefined {
  const responses = resolve(operation["responses"]);
  const status = ["200", "2XX", "2xx", "206", "203", "default"].find((each) => responses[each] !== undefined);
  if (status === undefined) return undefined;
  const response = resolve(responses[status]);
  const headers = Object.keys(resolve(response["headers"])).map((name) => name.toLowerCase());
  const content = resolve(response["content"]);
  const kind = Object.keys(content).find((type) => /[/+]json\b/.test(type)) ?? (content["*/*"] ? "*/*" : undefined);
  if (kind !== undefined) {
    const media = resolve(content[kind]);
    return { schema: media["schema"], example: media["example"] ?? exampleOf(media["examples"], resolve), headers };
  }
  if (response["schema"] === undefined) return undefined; // in Swagger 2 it is here
  const examples = resolve(response["examples"]);
  return { schema: response["schema"], example: examples["application/json"], headers };
}

function exampleOf(examples: unknown, resolve: Document["resolve"]): unknown {
  if (!isNode(examples)) return undefined;
  const [first] = Object.values(examples);
  return first === undefined ? undefined : resolve(first)["value"];
}
