import type { Option } from "../run/spec-table.ts";

/** What the documentation of a connector is made from. It is JSON. */
export interface ConnectorModel {
  readonly name: string;
  /** The name that people read. */
  readonly title: string;
  readonly version: string | undefined;
  readonly documentationUrl: string | undefined;
  /** The ways of signing in, as sentences. */
  readonly authentication: readonly string[];
  readonly options: readonly Option[];
  readonly streams: readonly StreamModel[];
  /** Whether some streams are only known once the API was asked. */
  readonly hasMoreStreams: boolean;
  readonly relations: readonly Relation[];
  /** What is known of rate limits and of what is tried again, as sentences. */
  readonly limits: readonly string[];
  readonly breakingChanges: readonly { readonly version: string; readonly message: string }[];
}

export interface StreamModel {
  readonly name: string;
  /** Paths joined by dots. */
  readonly primaryKey: readonly string[];
  readonly cursor: string | undefined;
  readonly syncModes: readonly ("full_refresh" | "incremental")[];
  readonly pagination: string | undefined;
  /** The streams that are asked for its slices. */
  readonly parents: readonly ParentModel[];
  /** Empty where the schema is not known without the API. */
  readonly fields: readonly FieldModel[];
}

export interface ParentModel {
  readonly stream: string;
  readonly key: string;
  /** What the parent's key is called in the slice. */
  readonly field: string;
}

export interface FieldModel {
  /** Nested ones are joined by dots; `[]` stands for the items of a list. */
  readonly path: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly description: string;
}

/** A record of one stream belongs to a record of another. */
export interface Relation {
  readonly from: string;
  /** The field of it, undefined where the request alone says to which it belongs. */
  readonly field: string | undefined;
  readonly to: string;
  readonly toField: string;
  /** high: the manifest says so; medium: name and type fit; low: the name does. */
  readonly confidence: "high" | "medium" | "low";
}
