import type { Scope } from "../../../component.ts";
import { systemError } from "../../../errors.ts";

export interface CursorFieldSpec {
  readonly cursor_field: string;
  readonly allow_catalog_defined_cursor_field?: boolean | undefined;
}

/** The cursor field: what the user chose in the catalog, where the manifest allows that, else the manifest's. */
export function cursorFieldOf(spec: CursorFieldSpec, scope: Scope): string {
  const { stream, run } = scope;
  const allowed = spec.allow_catalog_defined_cursor_field === true && !stream.isParent;
  const chosen = allowed ? (run.catalog?.get(stream.name)?.cursorField ?? []) : [];
  const [name] = chosen;
  if (name === undefined || name === "") return scope.text(spec.cursor_field)({});
  if (chosen.length === 1) return name;
  throw systemError(
    `Stream ${stream.name}: the catalog's cursor_field is the path ${JSON.stringify(chosen)}. Choose a top-level field.`,
    { stream: stream.name },
  );
}
