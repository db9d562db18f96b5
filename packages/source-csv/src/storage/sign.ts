import { createHash, createHmac } from "node:crypto";

export interface Keys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken: string | undefined;
}

const EMPTY = createHash("sha256").digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The headers of a GET without a body, signed for S3 (AWS Signature Version 4). The URL's path is encoded already. */
export function signed(
  url: URL,
  headers: Readonly<Record<string, string>>,
  region: string,
  { accessKey, secretKey, sessionToken }: Keys,
  now: Date,
): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const own: Record<string, string> = {
    ...headers,
    "x-amz-content-sha256": EMPTY,
    "x-amz-date": time,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const sent = new Map([["host", url.host]]);
  for (const [name, value] of Object.entries(own)) sent.set(name.toLowerCase(), value.trim());
  const names = [...sent.keys()].sort();
  const canonical = [
    "GET",
    url.pathname,
    "",
    ...names.map((name) => `${name}:${sent.get(name)}`),
    "",
    names.join(";"),
    EMPTY,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${secretKey}`, day), region));
  const signature = hmac(key, text).toString("hex");
  const credential = `${accessKey}/${scope}`;
  return {
    ...own,
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}
