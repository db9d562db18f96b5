import { configError, get, type JsonObject, type SourceRun } from "ferry-cdk";
import { signed, type Keys } from "./sign.ts";
import type { WebTarget } from "./web-file.ts";

/** An object of S3, or of a server that speaks its language. */
export function s3Target(url: string, provider: JsonObject, run: SourceRun): WebTarget {
  const [, bucket, key] = /^(?:s3:\/\/)?([^/:]+)\/(.+)$/s.exec(url) ?? [];
  if (bucket === undefined || key === undefined) {
    throw configError(`/url is ${JSON.stringify(url)} but must be s3://bucket/key, as /provider/storage is "S3".`);
  }
  const text = (name: string): string | undefined => {
    const value = get(provider, name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const region = text("region") ?? "us-east-1";
  const endpoint = text("endpoint");
  const path = key.split("/").map(encoded).join("/");
  // A bucket is part of the host's name at Amazon; one with a dot would not fit the certificate.
  const isHost = endpoint === undefined && !bucket.includes(".");
  const base =
    endpoint ?? (isHost ? `https://${bucket}.s3.${region}.amazonaws.com` : `https://s3.${region}.amazonaws.com`);
  const whole = `${base.replace(/\/+$/, "")}/${isHost ? "" : `${encoded(bucket)}/`}${path}`;
  const keys = keysOf(text);
  return {
    url: whole,
    place: `s3://${bucket}/${key}`,
    headers: (headers) =>
      keys === undefined ? { ...headers } : signed(new URL(whole), headers, region, keys, new Date(run.now())),
    explain(status, body) {
      const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1];
      const hint = HINTS[code ?? ""] ?? (status === 301 || status === 307 ? HINTS["PermanentRedirect"] : undefined);
      const unsigned = keys === undefined && (status === 401 || status === 403);
      if (unsigned) return `${code ?? "it needs keys"}: state /provider/aws_access_key_id and aws_secret_access_key`;
      return hint === undefined ? code : `${code}: ${hint}`;
    },
  };
}

const HINTS: Readonly<Record<string, string | undefined>> = {
  NoSuchBucket: "there is no such bucket; check /url and /provider/endpoint",
  NoSuchKey: "there is no such key in the bucket; check /url",
  InvalidAccessKeyId: "the server does not know /provider/aws_access_key_id",
  SignatureDoesNotMatch: "/provider/aws_secret_access_key does not belong to the access key",
  AccessDenied: "the keys may not read this object",
  ExpiredToken: "/provider/aws_session_token has expired",
  PermanentRedirect: "the bucket is in another region; state it in /provider/region",
  AuthorizationHeaderMalformed: "the bucket is in another region; state it in /provider/region",
};

function keysOf(text: (name: string) => string | undefined): Keys | undefined {
  const accessKey = text("aws_access_key_id");
  const secretKey = text("aws_secret_access_key");
  if (accessKey !== undefined && secretKey !== undefined) {
    return { accessKey, secretKey, sessionToken: text("aws_session_token") };
  }
  if (accessKey === undefined && secretKey === undefined) return undefined;
  const missing = accessKey === undefined ? "aws_access_key_id" : "aws_secret_access_key";
  throw configError(`/provider/${missing} is missing: both keys are needed, or neither for a public bucket.`);
}

/** As S3 encodes a part of a path. */
const encoded = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
