import type { Scope } from "../../../component.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import type { PartitionRouter } from "../../../roles.ts";
import { ref } from "../../shared/refs.ts";
import { cartesianProduct } from "./cartesian-product.ts";

/** Builds a retriever's `partition_router`, undefined where it has none; a list makes their cartesian product. */
export function buildRouter(
  spec: Json | undefined,
  scope: Scope,
  within?: Parameters<Scope["build"]>[1],
): PartitionRouter | undefined {
  if (spec === undefined || (Array.isArray(spec) && spec.length === 0)) return undefined;
  const build = (each: Json): PartitionRouter =>
    scope.build(ref("partitionRouter", each as JsonObject & { type: string }), within);
  return Array.isArray(spec) ? cartesianProduct((spec as readonly Json[]).map(build)) : build(spec);
}
