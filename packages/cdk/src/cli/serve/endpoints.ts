/** What can be asked for by POST, below /v1/manifest/. */
export interface Endpoint {
  readonly operation: string;
  readonly summary: string;
  /** Models of the request's body and of the answer. */
  readonly request: string;
  readonly answer: string;
}

export type EndpointName = "test_read" | "check" | "discover" | "resolve" | "full_resolve";

export const endpoints: Readonly<Record<EndpointName, Endpoint>> = {
  test_read: {
    operation: "testRead",
    summary: "Reads some pages of a stream.",
    request: "StreamTestReadRequest",
    answer: "StreamReadResponse",
  },
  check: {
    operation: "check",
    summary: "Tries the connection that a config describes.",
    request: "CheckRequest",
    answer: "CheckResponse",
  },
  discover: {
    operation: "discover",
    summary: "Gives the streams.",
    request: "DiscoverRequest",
    answer: "DiscoverResponse",
  },
  resolve: {
    operation: "resolve",
    summary: "Gives the manifest with references followed, parameters handed down and types filled in.",
    request: "ResolveRequest",
    answer: "ManifestResponse",
  },
  full_resolve: {
    operation: "fullResolve",
    summary: "Gives the resolved manifest with the streams that its dynamic streams make.",
    request: "FullResolveRequest",
    answer: "ManifestResponse",
  },
};

export const isEndpoint = (name: string): name is EndpointName => Object.hasOwn(endpoints, name);
