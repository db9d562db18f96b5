import { component, get, isObject, keys, set, type Component, type Json } from "ferry-cdk";

/** Adds a header to each request. */
export const tracedRequester: Component = component({
  kind: "requester",
  type: "TracedRequester",
  schema: (slot) => slot.like("HttpRequester", {}),
  create(_, scope) {
    const plain = scope.like("requester", "HttpRequester");
    return {
      send: (context, options, path) => plain.send(context, [...options, { headers: { "X-Traced": "yes" } }], path),
    };
  },
});

/** What is locked is asked for again. */
export const lockedErrorHandler: Component = component({
  kind: "errorHandler",
  type: "LockedErrorHandler",
  schema: (slot) => slot.like("DefaultErrorHandler", {}),
  create(_, scope) {
    const plain = scope.like("errorHandler", "DefaultErrorHandler");
    return {
      ...plain,
      async interpret(outcome) {
        if ("status" in outcome && outcome.status === 423) {
          return { action: "RETRY", failureType: "transient_error", message: "It is locked." };
        }
        return plain.interpret(outcome);
      },
    };
  },
});

export const squareBackoff: Component = component({
  kind: "backoffStrategy",
  type: "SquareBackoff",
  schema: (_, z) => z.object({ base: z.int() }),
  create:
    ({ base }) =>
    async (_, attempt) =>
      base * attempt ** 2,
});

/** A record of each line of pairs: `id=1;tag=a`. */
export const pairsDecoder: Component = component({
  kind: "decoder",
  type: "PairsDecoder",
  schema: (_, z) => z.object({}),
  create: () => ({
    streams: false,
    async *decode(response): AsyncGenerator<readonly Json[]> {
      const lines = (await response.text()).split("\n").filter((line) => line !== "");
      yield lines.map((line) => Object.fromEntries(line.split(";").map((pair) => pair.split("="))) as Json);
    },
  }),
});

/** Casts to what the schema says, and texts to capitals. */
export const upperNormalization: Component = component({
  kind: "schemaNormalization",
  type: "UpperNormalization",
  schema: (_, z) => z.object({}),
  create: () => (schema) => (record) => {
    const properties = get(schema, "properties") ?? null;
    for (const name of keys(record)) {
      const value = get(record, name);
      const field = isObject(properties) ? get(properties, name) : undefined;
      const type = field !== undefined && isObject(field) ? get(field, "type") : undefined;
      if (typeof value === "string") set(record, name, type === "integer" ? Number(value) : value.toUpperCase());
    }
  },
});
