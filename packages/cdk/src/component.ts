import type { z } from "zod";
import type { Send } from "./http/types.ts";
import type { Context, LiteralType } from "./interpolation/template.ts";
import type { Json, JsonObject } from "./json/value.ts";
import type { Message } from "./protocol/message.ts";
import type {
  ApiBudget,
  Cursor,
  Decoder,
  FileUploader,
  Kind,
  RequestOptionsProvider,
  Roles,
  SchemaLoader,
  Transformation,
} from "./roles.ts";
import type { LimitsInForce } from "./roles/limits.ts";
import type { Profile } from "./roles/profile.ts";
import type { Observe } from "./roles/observe.ts";
import type { RequestPurpose, TestRun } from "./roles/test-run.ts";

declare const kindOf: unique symbol;
/** A validated, not yet built, child component of kind K. Only `build` can open it; `spec` shows what it says. */
export interface Ref<K extends Kind> {
  readonly type: string;
  readonly [kindOf]: K;
}

/** What schemas of components are made with beside zod. */
export interface Slot {
  /** The schema of a field which holds a child component, of any type of the kind or of the named ones. */
  <K extends Kind>(kind: K, types?: readonly string[]): z.ZodType<Ref<K>>;
  /** The fields of a type of the language, and more, for a component that is like it: see {@link Scope.like}. */
  like<Fields extends z.ZodRawShape>(type: string, fields: Fields): z.ZodObject<Fields>;
}

/** The config. It may change while reading (single-use refresh tokens), so it is asked for, never kept. */
export interface ConfigCell {
  get(): JsonObject;
  /** Sets values at their paths, sends CONTROL once, and is seen by all. */
  set(...changes: readonly (readonly [path: readonly string[], value: Json])[]): void;
}

/** What parents hand down to the components of one stream. */
export interface StreamScope {
  readonly name: string;
  readonly primaryKey: readonly (readonly string[])[];
  /** The stream's own description in the manifest. */
  readonly spec: JsonObject;
  /** The stream's incoming state. Given by who builds the stream, else the platform's; its components see it migrated. */
  readonly state: JsonObject | undefined;
  /** Whether the stream is read to make partitions of another: no catalog speaks of it, and it sends no state. */
  readonly isParent: boolean;
  /** The retriever's decoder. */
  readonly decoder: Decoder | undefined;
  readonly cursor: Cursor | undefined;
  /** What partition router and cursor add to each request. */
  readonly providers: readonly RequestOptionsProvider[];
  /** Top-level fields that cursor and child streams look at in each row. */
  readonly fields: readonly string[];
  /** Whether rows may stay bytes: no template of the stream looks at them through `response`. */
  readonly raw: boolean;
  /**
   * Whether a parent's records hold the first page of each slice, as `child_response` of its extra fields: "given" where
   * that page counts, "stale" where there is a state, so that all pages are asked for.
   */
  readonly lazy: "given" | "stale" | undefined;
  /** Whether reading stops at the first record that was synced before. */
  readonly dataFeed: boolean;
  /** Whether the selector drops records that were synced before. */
  readonly clientSideIncremental: boolean;
  readonly transformations: readonly Transformation[];
  readonly schema: SchemaLoader | undefined;
  readonly fileUploader: FileUploader | undefined;
  /** The requester's `url` or `url_base`, for its authenticator; a template. */
  readonly url: string | undefined;
  /** What a requester's requests are for, where a run that tries things out tells of them. */
  readonly purpose: RequestPurpose | undefined;
}

/** What a catalog says of a stream. */
export interface SelectedStream {
  /** The path of the cursor field that the user chose; empty for none. */
  readonly cursorField: readonly string[];
}

/** What a run shares among all its streams. */
export interface Run {
  readonly send: Send;
  readonly budget: ApiBudget | undefined;
  /** How many jobs of asynchronous APIs may run at once, of all streams together. */
  readonly jobLimit: number;
  readonly signal: AbortSignal;
  /** Waits some seconds; an abort of the signal ends it by throwing. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** The incoming state of a stream, {} for none. */
  state(stream: string): JsonObject;
  /** The streams to read, by name; undefined where there is no catalog (check, discover). */
  readonly catalog: ReadonlyMap<string, SelectedStream> | undefined;
  /** The schema of a stream in the catalog, undefined where there is no catalog, or not this stream in it. */
  configuredSchema(stream: string): JsonObject | undefined;
  /** Sends a message at once. */
  emit(message: Message): void;
  log(level: "DEBUG" | "INFO" | "WARN" | "ERROR", message: string): void;
  /** Names a value never to be shown. */
  secret(value: string): void;
  /** Told what happens while streams are read, where someone wants to know. */
  readonly observe?: Observe | undefined;
  readonly limits?: LimitsInForce | undefined;
  readonly profile?: Profile | undefined;
  /** Set where a connector builder tries the manifest out. */
  readonly test: TestRun | undefined;
  /** What is shared within a run under a key, made once. */
  shared<T>(key: string, make: () => T): T;
  /** Folder of the manifest, for files beside it. */
  readonly folder: string | undefined;
  /** The manifest's file, to name places in it; undefined where it came from elsewhere. */
  readonly manifest?: ManifestFile | undefined;
}

/** A manifest as it was written. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/** Everything a component may use while it is being built. */
export interface Scope {
  readonly config: ConfigCell;
  /** The component's own `$parameters`, as templates see them. */
  readonly parameters: JsonObject;
  /** The component itself, as the manifest has it. */
  readonly self: JsonObject;
  readonly stream: StreamScope;
  readonly run: Run;
  build<K extends Kind>(child: Ref<K>, within?: Partial<StreamScope>): Roles[K];
  /**
   * Builds a type of the language with the component's own fields, and those given here instead: what a component goes on
   * from that is like it but for something.
   */
  like<K extends Kind>(kind: K, type: string, fields?: JsonObject): Roles[K];
  /** The manifest's text of a child, before it is built. */
  spec<K extends Kind>(child: Ref<K>): JsonObject;
  /**
   * A template whose result is what Python's literal evaluation makes of its text; with `type`, text where that is of
   * another type. Sees config and parameters.
   */
  template(source: Json, fallback?: string, type?: LiteralType): (context: Context) => Json | undefined;
  /** A template whose result is kept as text. */
  text(source: Json): (context: Context) => string;
  /** A template whose result is a truth value. */
  condition(source: Json): (context: Context) => boolean;
  /** A mapping whose keys and values are templates; literals of other than these types stay text. */
  mapping(source: JsonObject, types?: readonly LiteralType[]): (context: Context) => JsonObject;
  /** Any JSON whose texts are templates; members that come to nothing are left out. */
  nested(source: Json): (context: Context) => Json;
}

export interface Definition<K extends Kind, S extends z.ZodObject> {
  kind: K;
  type: string;
  /** What the component does, in a sentence: for editors, and for who reads the language's list. */
  description?: string;
  /** Child types assumed when a manifest leaves `type` out. */
  defaults?: Partial<Record<keyof z.infer<S>, string>>;
  schema: (slot: Slot, zod: typeof z) => S;
  create: (spec: z.infer<S>, scope: Scope) => Roles[K];
}

/** A definition with its spec type sealed, so that a registry can hold them all. */
export interface Component<K extends Kind = Kind> {
  readonly kind: K;
  readonly type: string;
  readonly description?: string;
  readonly defaults: Readonly<Record<string, string | undefined>>;
  schema(slot: Slot, zod: typeof z): z.ZodObject;
  create(spec: unknown, scope: Scope): Roles[K];
}

/** Declares a component of a manifest, built-in or a connector's own. */
export function component<K extends Kind, S extends z.ZodObject>(definition: Definition<K, S>): Component<K> {
  // The spec's type is the schema's; only the language, which validated it, calls `create`.
  return { defaults: {}, ...definition };
}
