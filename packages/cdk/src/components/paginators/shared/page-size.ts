import type { Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";

/** A page size that is a number, digits, or a template that comes to a number. */
export function pageSizeOf(source: number | string | undefined, scope: Scope): number | undefined {
  if (source === undefined || typeof source === "number") return source;
  const size = scope.template(source)({});
  if (typeof size === "number" && Number.isInteger(size)) return size;
  throw configError(
    `Stream ${scope.stream.name}: page_size ${JSON.stringify(source)} comes to ${JSON.stringify(size)}, which is no integer.`,
    { stream: scope.stream.name },
  );
}
