import type { ConnectorSpecification, JsonObject } from "ferry-cdk";

const text = (title: string, description: string, more: JsonObject = {}): JsonObject => ({
  type: "string",
  title,
  description,
  ...more,
});

const storage = (
  name: string,
  title: string,
  properties: JsonObject,
  required: readonly string[] = [],
): JsonObject => ({
  title,
  type: "object",
  required: ["storage", ...required],
  properties: { storage: { type: "string", const: name }, ...properties },
});

export const specification: ConnectorSpecification = {
  documentationUrl: "https://docs.airbyte.com/integrations/sources/file",
  connectionSpecification: {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "File",
    type: "object",
    required: ["dataset_name", "url", "provider"],
    properties: {
      dataset_name: text("Dataset name", "The stream's name.", { minLength: 1, examples: ["orders"] }),
      url: text("URL", "Where the file is: a URL, s3://bucket/key, or a path on this machine.", {
        minLength: 1,
        examples: ["https://example.com/orders.csv.gz", "s3://bucket/orders.parquet", "/local/orders.csv"],
      }),
      format: {
        type: "string",
        title: "Format",
        description: "How the file is written. Gzip and zip around it are found by themselves.",
        enum: ["csv", "tsv", "jsonl", "json", "parquet"],
        default: "csv",
      },
      reader_options: {
        type: ["string", "object"],
        title: "Reader options",
        description: "Options of the format, as JSON, by the names that pandas gives them.",
        examples: ["{}", '{"sep": ";", "encoding": "cp1252"}', '{"na_values": ["NA"], "dtype": {"zip": "str"}}'],
      },
      provider: {
        type: "object",
        title: "Storage",
        description: "Where the file is kept.",
        default: { storage: "HTTPS" },
        oneOf: [
          storage("HTTPS", "HTTPS: a web server", {
            user_agent: {
              type: "boolean",
              title: "User agent",
              description: "Whether requests carry a User-Agent.",
              default: false,
            },
          }),
          storage("S3", "S3: Amazon S3, or a server that speaks its language", {
            aws_access_key_id: text("Access key", "Left out, as the next one, for a public bucket.", {
              airbyte_secret: true,
            }),
            aws_secret_access_key: text("Secret key", "What belongs to the access key.", { airbyte_secret: true }),
            aws_session_token: text("Session token", "Of temporary credentials.", { airbyte_secret: true }),
            endpoint: text("Endpoint", "The server's URL; left out for Amazon.", {
              pattern: "^https?://",
              examples: ["https://minio.example.com:9000"],
            }),
            region: text("Region", "Where the bucket is.", { default: "us-east-1", examples: ["eu-central-1"] }),
          }),
          storage("local", "Local: a file on this machine", {}),
        ],
      },
    },
  },
};
