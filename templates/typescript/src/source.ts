import { createSource, valueRows, type Batch, type CodeStream, type JsonObject } from "ferry-cdk";
import { createApi, type Api } from "./api.js";

/** The whole connector: what can be configured, and the streams. `runSource` does the rest. */
export const source = createSource({
  spec: {
    connectionSpecification: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      required: ["url", "api_token"],
      properties: {
        url: { type: "string", title: "URL", pattern: "^https?://", examples: ["https://api.example.com/v1"] },
        api_token: { type: "string", title: "API token", airbyte_secret: true },
      },
    },
  },
  async check(config, run) {
    await createApi(config, run).page("/customers", {});
  },
  streams: (config, run) => {
    const api = createApi(config, run);
    return [customers(api), orders(api)];
  },
});

function customers(api: Api): CodeStream {
  return {
    name: "customers",
    primaryKey: [["id"]],
    schema: { type: "object", properties: { id: { type: "integer" }, name: { type: ["null", "string"] } } },
    read: () => pages(api, "/customers", {}),
  };
}

/** Only what was updated since the last sync is asked for: the state holds the latest `updated_at`. */
function orders(api: Api): CodeStream {
  return {
    name: "orders",
    primaryKey: [["id"]],
    cursorField: "updated_at",
    schema: {
      type: "object",
      properties: {
        id: { type: "integer" },
        total: { type: ["null", "number"] },
        updated_at: { type: "string", format: "date-time" },
      },
    },
    async *read({ state }) {
      let latest = String(state["updated_at"] ?? "2020-01-01T00:00:00Z");
      for await (const batch of pages(api, "/orders", { updated_since: latest })) {
        yield batch;
        for (let index = 0; index < batch.length; index++) {
          const updated = String(batch.field(index, "updated_at"));
          if (updated > latest) latest = updated;
        }
      }
      yield { state: { updated_at: latest } };
    },
  };
}

/** All pages of a list, each a batch of records. */
async function* pages(api: Api, path: string, params: Readonly<Record<string, string>>): AsyncGenerator<Batch> {
  let cursor: string | undefined;
  do {
    const page: { data: JsonObject[]; next: string | undefined } = await api.page(path, {
      ...params,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield valueRows(page.data);
    cursor = page.next;
  } while (cursor !== undefined);
}
