import { Ajv } from "ajv";
import { json, startServer, status, type ReceivedRequest, type TestServer } from "../../testing/index.ts";

export const WORKSPACE = "11111111-2222-3333-4444-555555555555";
export const ID = "99999999-2222-3333-4444-555555555555";

const uuid = { type: "string", pattern: "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$" };
const text = { type: "string" };
const url = { type: "string", pattern: "^https?://." };
const whole = { type: "integer" };
/** What is sent has no other members; an answer may. */
const sent = (properties: Record<string, object>, required: readonly string[] = Object.keys(properties)): object => ({
  ...{ type: "object", additionalProperties: false },
  ...{ properties, required },
});
const answered = (properties: Record<string, object>, optional: Record<string, object> = {}): object => ({
  ...{ type: "object", required: Object.keys(properties) },
  properties: { ...properties, ...optional },
});
const list = (items: object): object => ({ type: "array", items });

const image = { name: text, dockerRepository: text, dockerImageTag: text };
const made = { ...image, documentationUrl: url };
const internal = answered(
  { sourceDefinitionId: uuid, ...image },
  { documentationUrl: url, custom: { type: "boolean" } },
);
const external = answered({ id: uuid, ...image }, { documentationUrl: text });
const failure = answered({ timestamp: whole }, { externalMessage: text, internalMessage: text });
const job = answered(
  {
    id: uuid,
    configType: { enum: ["get_spec"] },
    createdAt: whole,
    endedAt: whole,
    succeeded: { type: "boolean" },
  },
  { failureReason: failure },
);
const workspace = answered({ workspaceId: uuid, name: text, dataResidency: text, notifications: { type: "object" } });
const client = { client_id: text, client_secret: text };
const grant = { enum: ["client_credentials"] };

/** What the platform's OpenAPI document says of bodies, of requests and of answers that succeed, as far as publishing needs it. */
const facts: Readonly<Record<string, readonly [request: object | undefined, answer: object]>> = {
  // The internal API takes the grant for nothing, and the public one wants it.
  "POST /api/v1/applications/token": [
    sent({ ...client, grant_type: grant }, Object.keys(client)),
    answered({ access_token: text }),
  ],
  "POST /api/public/v1/applications/token": [
    sent({ ...client, grant_type: grant }),
    answered({ access_token: text, token_type: { enum: ["Bearer"] }, expires_in: whole }),
  ],
  "GET /api/public/v1/workspaces": [undefined, answered({ data: list(workspace) })],
  "POST /api/v1/source_definitions/list_for_workspace": [
    sent({ workspaceId: uuid }),
    answered({ sourceDefinitions: list(internal) }),
  ],
  "POST /api/v1/source_definitions/create_custom": [
    sent({ workspaceId: uuid, sourceDefinition: sent(made) }),
    internal,
  ],
  "POST /api/v1/source_definitions/update": [
    sent({ workspaceId: uuid, sourceDefinitionId: uuid, name: text, dockerImageTag: text }),
    internal,
  ],
  "POST /api/v1/source_definition_specifications/get": [
    sent({ workspaceId: uuid, sourceDefinitionId: uuid }),
    answered({ sourceDefinitionId: uuid, jobInfo: job }, { connectionSpecification: { type: "object" } }),
  ],
  "GET sources": [undefined, answered({ data: list(external) })],
  "POST sources": [sent(made, Object.keys(image)), external],
  "PUT sources": [sent({ name: text, dockerImageTag: text }), external],
};
const ajv = new Ajv();

export interface Known {
  readonly id: string;
  readonly name: string;
  readonly dockerRepository: string;
  readonly dockerImageTag: string;
  readonly custom?: boolean;
}

/** What the platform has. */
export interface Kept {
  readonly known?: readonly Known[];
  /** Why it gets no spec from an image. */
  readonly failure?: string;
  readonly workspaces?: readonly string[];
}

/** A platform with both of its APIs. It refuses requests that its document does not allow, and fails over such an answer of its own. */
export async function startPlatform({
  known = [],
  failure: why,
  workspaces = ["Team"],
}: Kept = {}): Promise<TestServer> {
  return startServer((request) => {
    const inPublic = request.path.startsWith("/api/public/v1/workspaces/");
    const [asked, told] = facts[`${request.method} ${inPublic ? "sources" : request.path}`] ?? [];
    if (told === undefined) return status(405);
    if (asked !== undefined && !ajv.validate(asked, request.json())) {
      const validationErrors = [{ propertyPath: "body", message: ajv.errorsText() }];
      return json({ message: "The received object did not pass validation", validationErrors }, { status: 422 });
    }
    const [code, body] = answer(request, inPublic);
    if (code === 200 && !ajv.validate(told, body)) return json({ message: ajv.errorsText() }, { status: 500 });
    return json(body, { status: code });
  });

  function answer({ path, method, headers, query, ...request }: ReceivedRequest, inPublic: boolean): [number, object] {
    const body = method === "GET" ? {} : (request.json() as Record<string, unknown>);
    if (path.endsWith("/applications/token")) {
      const token = { access_token: "t", token_type: "Bearer", expires_in: 180 };
      return body["client_secret"] === "sesame" ? [200, token] : [401, {}];
    }
    if (headers["authorization"] !== "Bearer t") return [401, { message: "Unauthorized" }];
    if (path === "/api/public/v1/workspaces") {
      const [offset, limit] = [Number(query.get("offset") ?? 0), Number(query.get("limit") ?? 20)];
      const all = workspaces.map((name) => ({
        workspaceId: WORKSPACE,
        name,
        dataResidency: "auto",
        notifications: {},
      }));
      return [200, { data: all.slice(offset, offset + Math.min(limit, 100)) }];
    }
    if (!JSON.stringify([path, body]).includes(WORKSPACE)) return [404, { message: "Could not find the workspace" }];
    const change = (): Known => ({ ...known[0]!, ...body });
    const create = (over: unknown): Known => ({ id: ID, custom: true, ...(over as Omit<Known, "id">) });
    if (inPublic && method === "GET") return [200, { data: known.map(outside) }];
    if (inPublic) return [200, outside(method === "PUT" ? change() : create(body))];
    if (path.endsWith("list_for_workspace")) return [200, { sourceDefinitions: known.map(inside) }];
    if (path.endsWith("create_custom")) return [200, inside(create(body["sourceDefinition"]))];
    if (path.endsWith("update")) return [200, inside(change())];
    return [200, specOf(why)];
  }
}

const inside = ({ id, ...rest }: Known): object => ({ sourceDefinitionId: id, ...rest });
const outside = ({ id, name, dockerRepository, dockerImageTag }: Known): object => ({
  ...{ id, name, dockerRepository, dockerImageTag },
});

function specOf(why: string | undefined): object {
  const jobInfo = { id: ID, configType: "get_spec", createdAt: 1, endedAt: 2, succeeded: why === undefined };
  if (why !== undefined) {
    return { sourceDefinitionId: ID, jobInfo: { ...jobInfo, failureReason: { timestamp: 2, externalMessage: why } } };
  }
  return { sourceDefinitionId: ID, jobInfo, connectionSpecification: { properties: { token: {}, start: {} } } };
}
