import type { Kind } from "../../../cdk/src/roles.ts";

/** A page of the component reference. */
export interface Family {
  readonly address: string;
  readonly title: string;
  readonly about: string;
  readonly kinds: readonly Kind[];
}

export const families: readonly Family[] = [
  {
    address: "streams",
    title: "Sources and streams",
    about: "What a manifest holds at the top, and how streams come to be.",
    kinds: ["piece", "check", "stream", "streamConfig", "componentsResolver", "componentMapping", "concurrencyLevel"],
  },
  {
    address: "requests",
    title: "Requests",
    about: "How records are asked for.",
    kinds: [
      "retriever",
      "requester",
      "requestBody",
      "requestOption",
      "queryProperties",
      "propertyList",
      "propertyChunking",
      "propertySelector",
      "recordMergeStrategy",
    ],
  },
  {
    address: "authentication",
    title: "Authentication",
    about: "How an API is told who asks.",
    kinds: ["authenticator"],
  },
  {
    address: "pagination",
    title: "Pagination",
    about: "How the next page is asked for.",
    kinds: ["paginator", "paginationStrategy", "paginationReset", "pageSizeReduction", "windowSplitting"],
  },
  {
    address: "cursors-and-partitions",
    title: "Cursors and partitions",
    about: "What is new since the last read, and into which slices a stream is split.",
    kinds: ["cursor", "datetime", "partitionRouter", "parentStream", "stateMigration"],
  },
  {
    address: "records",
    title: "Records",
    about: "From the bytes of an answer to records.",
    kinds: [
      "decoder",
      "extractor",
      "recordSelector",
      "recordFilter",
      "recordExpander",
      "parentField",
      "schemaNormalization",
      "fileUploader",
    ],
  },
  {
    address: "transformations",
    title: "Transformations",
    about: "What is changed in records.",
    kinds: ["transformation", "addedField", "keyTransformation"],
  },
  {
    address: "errors-and-limits",
    title: "Errors and limits",
    about: "What happens when an API refuses, and how often it is asked.",
    kinds: ["errorHandler", "responseFilter", "backoffStrategy", "apiBudget", "callRatePolicy"],
  },
  {
    address: "schemas",
    title: "Schemas",
    about: "What is said of a stream's records.",
    kinds: ["schemaLoader", "schemaTypeIdentifier"],
  },
  {
    address: "config",
    title: "Config and specification",
    about: "What users fill in, and how it is checked and brought up to date.",
    kinds: ["spec", "configMigration", "configTransformation", "validator", "validationStrategy"],
  },
];

/** Which page a kind is on; what no family names is on the first, so that nothing is left out. */
export const familyOf = (kind: Kind): Family => families.find(({ kinds }) => kinds.includes(kind)) ?? families[0]!;
