import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseJson, type Json, type JsonObject } from "ferry-cdk";

/** Stands for the server's address in all files of a case. */
export const BASE = "http://mock.test";

/** A case as `test/cases/make.py` writes it: what goes in, and what the reference did with it. */
export interface Case {
  readonly now: string;
  readonly config: JsonObject;
  readonly state?: Json;
  /** The streams that are read, as the catalog has them. */
  readonly streams: readonly JsonObject[];
  readonly cassette: readonly Answer[];
  readonly golden: Readonly<Record<string, Golden>>;
  /** Files beside the manifest, by their paths. */
  readonly beside?: JsonObject;
  readonly manifest: string;
  /** The file of the connector's own components, where it has some. */
  readonly components: string | undefined;
}

/** What the server answers to some requests, in sequence; the last reply repeats. */
export interface Answer {
  readonly method: string;
  readonly path: string;
  /** Parameters that a request has to have. */
  readonly query: readonly (readonly [string, string])[];
  /** A text that the body has to hold. */
  readonly contains?: string;
  /** Given also to a client that is denied all else. */
  readonly token?: boolean;
  readonly replies: readonly CassetteReply[];
}

export type CassetteReply =
  | { readonly reset: true }
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly base64?: string;
    };

/** What a run did, whoever ran. Absent where there is none. */
export interface Summary {
  readonly exit: number;
  readonly status?: string;
  readonly spec?: Json;
  readonly catalog?: JsonObject;
  readonly records?: Readonly<Record<string, readonly JsonObject[]>>;
  readonly files?: Json;
  /** The final state of each stream. */
  readonly states?: JsonObject;
  readonly statuses?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly { readonly stream: string | null; readonly failure_type: string }[];
  readonly control?: Json;
}

export interface Golden extends Summary {
  readonly requests: readonly SeenRequest[];
  /** Seconds that were waited because the API wants it. */
  readonly waits?: readonly number[];
  /** Streams read as one partition, whose records have an order. */
  readonly single?: readonly string[];
}

export interface SeenRequest {
  readonly method: string;
  /** Percent-decoded. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
}

const folder = new URL("../cases/", import.meta.url);

export const caseNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "__pycache__")
  .map((entry) => entry.name)
  .sort();

export function loadCase(name: string): Case {
  const file = (path: string): string => readFileSync(new URL(`${name}/${path}`, folder), "utf8");
  const golden = parseJson(file("golden.json")) as unknown as Omit<Case, "manifest" | "components">; // make.py wrote it so
  const own = fileURLToPath(new URL(`${name}/components.ts`, folder));
  return { ...golden, manifest: file("manifest.yaml"), components: existsSync(own) ? own : undefined };
}
