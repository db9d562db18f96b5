import { configError } from "../../../errors.ts";
import {
  snakeCase,
  type ApiDraft,
  type ConfigField,
  type FilledPath,
  type Finding,
  type StreamDraft,
} from "../draft.ts";
import { startDate } from "../config-fields.ts";
import { findAuthentication } from "./authentication.ts";
import { nodesOf, readDocument, textOf, type Document } from "./document.ts";
import { operationsOf, type Operation } from "./operations.ts";
import { findPagination } from "./pagination.ts";
import { configField, fillPath, type Listing } from "./partitions.ts";
import { findCursor, findPrimaryKey } from "./record-fields.ts";
import { findRecords, type FoundRecords } from "./records.ts";
import { samplePages } from "./samples.ts";
import { recordSchema } from "./schema.ts";
import { serverOf } from "./server.ts";
import { nameListings } from "../stream-names.ts";

/** What an OpenAPI description says of an API. `url` stands in for the address that it states. Throws a config error. */
export async function draftFromOpenApi(file: string, url: string | undefined): Promise<ApiDraft> {
  const document = await readDocument(file);
  const operations = operationsOf(document);
  const skipped: { path: string; why: string }[] = [];
  const found: { operation: Operation; records: FoundRecords }[] = [];
  for (const operation of operations) {
    const records = operation.deprecated
      ? "it is deprecated"
      : findRecords(operation.answer, resourceNames(operation.path), operation.path.endsWith("}"), document);
    if (typeof records === "string") skipped.push({ path: operation.path, why: records });
    else found.push({ operation, records });
  }
  if (found.length === 0) {
    throw configError(
      `${file} describes no GET that answers a list of objects, so there is nothing to make streams of.`,
    );
  }
  const names = nameListings(found.map(({ operation }) => operation));
  const listings = found.map(({ operation, records }, index): Listing & { readonly finding: Finding } => ({
    name: names[index]!,
    operation,
    item: records.item,
    recordsPath: records.path,
    finding: records.finding,
  }));
  const server = serverOf(document, file, url);
  const authentication = findAuthentication(
    document,
    found.map(({ operation }) => operation),
    server.urlBase,
  );
  const fields = new Map<string, ConfigField>();
  for (const field of [...server.fields, ...authentication.fields]) fields.set(field.name, field);
  const paths = new Map(listings.map((listing) => [listing, fillPath(listing, listings, document)]));
  const parents = [...paths.values()].flatMap(({ partitions }) => partitions.filter((each) => each.type === "parent"));
  const streams = listings.map((listing) => {
    const keys = parents.filter(({ stream }) => stream === listing.name).map(({ key }) => key);
    return streamOf(listing, paths.get(listing)!, keys, document, fields);
  });
  if (streams.some(({ cursor }) => cursor !== undefined)) fields.set("start_date", startDate);
  const info = document.resolve(document.root["info"]);
  const external = document.resolve(document.root["externalDocs"]);
  return {
    title: textOf(info["title"]) ?? "API",
    documentationUrl: textOf(external["url"]),
    urlBase: server.urlBase,
    fields: [...fields.values()],
    authenticator: authentication.authenticator,
    headers: authentication.headers,
    streams,
    skipped,
    findings: [server.finding, authentication.finding],
  };
}

function streamOf(
  listing: Listing & { readonly finding: Finding },
  filled: FilledPath,
  parentKeys: readonly string[],
  document: Document,
  fields: Map<string, ConfigField>,
): StreamDraft {
  const { name, operation, item, recordsPath } = listing;
  const { key, finding: keyFinding } = findPrimaryKey(name, item, document);
  const paging = findPagination(operation, key, document);
  const cursor = findCursor(operation.parameters, item, document);
  for (const field of filled.fields) if (!fields.has(field.name)) fields.set(field.name, field);
  const { query, told } = requiredParameters(operation, paging.pagination, cursor?.cursor.param, fields);
  const certain = [...key, ...(cursor === undefined ? [] : [cursor.cursor.field])];
  const { schema, cut } = recordSchema(item, document, certain);
  const count = Object.keys(document.resolve(schema["properties"])).length;
  return {
    name,
    method: "GET",
    path: filled.path,
    query,
    body: undefined,
    recordsPath,
    primaryKey: key,
    pagination: paging.pagination,
    cursor: cursor?.cursor,
    partitions: filled.partitions,
    schema,
    findings: [
      listing.finding,
      ...(filled.finding === undefined ? [] : [filled.finding]),
      keyFinding,
      paging.finding,
      ...(cursor === undefined ? [] : [cursor.finding]),
      ...told,
      {
        subject: "schema",
        value: `${count} fields`,
        confidence: count === 0 ? "low" : cut ? "medium" : "high",
        why: cut ? "of the description, but for what lies too deep or is too much" : "of the description",
      },
    ],
    pages: [
      {
        path: undefined,
        bodies: samplePages(
          operation.answer!,
          recordsPath,
          item,
          [...key, ...parentKeys],
          paging.pagination,
          cursor?.cursor,
          document,
        ), // it has records
      },
    ],
  };
}

/** Parameters that an endpoint does not do without. */
function requiredParameters(
  { parameters }: Operation,
  paging: StreamDraft["pagination"],
  since: string | undefined,
  fields: Map<string, ConfigField>,
): { readonly query: Record<string, string>; readonly told: readonly Finding[] } {
  const query: Record<string, string> = {};
  const told: Finding[] = [];
  const handled = new Set<string | undefined>([since]);
  if (paging !== undefined && "param" in paging) handled.add(paging.param);
  handled.add(paging?.size?.param);
  for (const param of parameters) {
    if (!param.required || param.in !== "query" || handled.has(param.name)) continue;
    const known =
      param.schema["default"] ?? param.example ?? param.schema["example"] ?? nodesOf(param.schema["enum"])[0];
    const isKnown = typeof known === "string" || typeof known === "number" || typeof known === "boolean";
    const field = configField(param);
    if (isKnown) query[param.name] = String(known);
    else {
      if (!fields.has(field.name)) fields.set(field.name, field);
      query[param.name] = `{{ config['${field.name}'] }}`;
    }
    told.push({
      subject: "parameters",
      value: `${param.name}=${isKnown ? String(known) : `config.${field.name}`}`,
      confidence: isKnown ? "medium" : "low",
      why: "the endpoint does not do without it",
    });
  }
  return { query, told };
}

/** What a list of records may be called in an answer: as the resource is in the path. */
function resourceNames(path: string): string[] {
  const last = path.split("/").findLast((part) => part !== "" && !part.startsWith("{")) ?? "";
  const plain = last.replace(/\.json$/, "");
  return [plain, snakeCase(plain), plain.toLowerCase()];
}
