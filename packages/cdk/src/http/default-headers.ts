import * as zlib from "node:zlib";

const codings = ["gzip", "deflate", "br", ...("createZstdDecompress" in zlib ? ["zstd"] : [])].join(", ");

/** What each request says unless it says otherwise. */
export const defaultHeaders = (): Record<string, string> => ({
  "User-Agent": "ferry-cdk",
  "Accept-Encoding": codings,
  Accept: "*/*",
});
