/** An API of three incremental streams, and the manifest that reads it. */
import type { JsonObject } from "../../packages/cdk/src/json/value.ts";
import { json, slow, type Reply } from "../../packages/cdk/src/testing/replies.ts";
import { startServer, type ReceivedRequest, type TestServer } from "../../packages/cdk/src/testing/server.ts";

interface Row {
  readonly id: string;
  readonly at: string;
  readonly owner?: string;
}

const day = (index: number): string => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);
const rows = (count: number, make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** In no order: APIs do not sort within a window. */
const scattered = (index: number, days: number): string => day((index * 7 + (index % 3) * 5) % days);
const owners = ["ann", "bob", "cid", "dan", "eve"];

/** Everything there is, by stream. */
export const data: Readonly<Record<string, readonly Row[]>> = {
  events: rows(90, (index) => ({ id: `e${index}`, at: scattered(index, 20) })),
  tasks: rows(60, (index) => ({ id: `t${index}`, at: scattered(index, 20), owner: owners[index % 5]! })),
  posts: rows(12, (index) => ({ id: `p${index}`, at: scattered(index, 20) })),
  replies: rows(36, (index) => ({ id: `r${index}`, at: scattered(index, 20), owner: `p${index % 12}` })),
};
/** The streams that are read; posts only as a parent. */
export const streams = ["events", "tasks", "replies"] as const;

const pageSize = 4;

function page({ path, query }: ReceivedRequest): Reply {
  const [, , stream = "", owner] = path.split("/");
  const [from, to, offset] = [query.get("from") ?? "", query.get("to") ?? "9999", Number(query.get("offset") ?? 0)];
  const found = (data[stream] ?? []).filter(
    (row) => row.at >= from && row.at <= to && (owner === undefined || row.owner === owner),
  );
  return json(found.slice(offset, offset + pageSize));
}

/**
 * Serves the API under any first segment of the path; `asked` is told of it with each request. Answers come after a
 * while of 0 to 3 ms, so that slices end in another order each time.
 */
export function serve(asked: (run: string) => void): Promise<TestServer> {
  let requests = 0;
  return startServer((request) => {
    asked(request.path.split("/")[1] ?? "");
    return slow(page(request), (requests++ * 7) % 4);
  });
}

const cursor = (step: string): JsonObject => ({
  type: "DatetimeBasedCursor",
  cursor_field: "at",
  datetime_format: "%Y-%m-%d",
  start_datetime: day(0),
  end_datetime: day(20),
  step,
  cursor_granularity: "P1D",
  start_time_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "from" },
  end_time_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "to" },
});

function stream(url: string, name: string, step: string, path: string, router?: JsonObject): JsonObject {
  return {
    type: "DeclarativeStream",
    name,
    primary_key: "id",
    schema_loader: { type: "InlineSchemaLoader", schema: {} },
    incremental_sync: cursor(step),
    retriever: {
      type: "SimpleRetriever",
      requester: { type: "HttpRequester", url_base: url, path },
      record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
      paginator: {
        type: "DefaultPaginator",
        page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "offset" },
        pagination_strategy: { type: "OffsetIncrement", page_size: pageSize },
      },
      ...(router && { partition_router: router }),
    },
  };
}

/** Reads the API at this address; several slices at once. */
export function manifest(url: string): JsonObject {
  const posts = stream(url, "posts", "P7D", "/posts");
  return {
    version: "6.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: ["events"] },
    spec: { type: "Spec", connection_specification: { type: "object", properties: {} } },
    concurrency_level: { type: "ConcurrencyLevel", default_concurrency: 6 },
    streams: [
      stream(url, "events", "P2D", "/events"),
      stream(url, "tasks", "P10D", "/tasks/{{ stream_partition.owner }}", {
        type: "ListPartitionRouter",
        values: owners,
        cursor_field: "owner",
      }),
      stream(url, "replies", "P20D", "/replies/{{ stream_partition.post }}", {
        type: "SubstreamPartitionRouter",
        parent_stream_configs: [
          {
            type: "ParentStreamConfig",
            stream: posts,
            parent_key: "id",
            partition_field: "post",
            incremental_dependency: true,
          },
        ],
      }),
    ],
  };
}
