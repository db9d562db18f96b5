import { isList, type Json } from "../json/value.ts";

export type How = "literal" | "$ref" | "$parameters" | "default";

/** Where a member of a resolved mapping or list comes from. */
export interface Origin {
  /** The mapping or list of the manifest, as written, that states it. */
  readonly holder: object;
  readonly key: string | number;
  readonly how: How;
  /** The references that led there, the outermost first. */
  readonly through: readonly string[];
}

/** A reference that leads nowhere, or to itself. */
export interface BrokenReference {
  readonly holder: object;
  readonly key: string | number;
  readonly reference: string;
  readonly message: string;
  /** What was probably meant. */
  readonly hint?: string | undefined;
}

/** What resolving a manifest leaves behind, so that messages can say where things stand in the text. */
export interface Trace {
  readonly origins: Map<object, Map<string | number, Origin>>;
  readonly brokenReferences: BrokenReference[];
  /** Resolved mappings that lack what a broken reference should have brought. */
  readonly incomplete: Set<object>;
  /** What references lead to, by the referred path. */
  readonly referred: Set<Json>;
}

export const createTrace = (): Trace => ({
  origins: new Map(),
  brokenReferences: [],
  incomplete: new Set(),
  referred: new Set(),
});

/** The origin of a member; what was taken over unchanged is its own. */
export function originOf(trace: Trace, holder: object, key: string | number): Origin {
  return trace.origins.get(holder)?.get(key) ?? { holder, key, how: "literal", through: [] };
}

export function noteOrigin(trace: Trace, holder: object, key: string | number, origin: Origin): void {
  const known = trace.origins.get(holder);
  if (known === undefined) trace.origins.set(holder, new Map([[key, origin]]));
  else known.set(key, origin);
}

/** The same members stand in `to` now, perhaps reached through a reference. */
export function carryOrigins(trace: Trace, from: object, to: object, reference?: string): void {
  for (const key of isList(from) ? from.keys() : Object.keys(from)) {
    const origin = originOf(trace, from, key);
    noteOrigin(
      trace,
      to,
      key,
      reference === undefined
        ? origin
        : { ...origin, how: origin.how === "literal" ? "$ref" : origin.how, through: [reference, ...origin.through] },
    );
  }
  if (trace.incomplete.has(from)) trace.incomplete.add(to);
}
