import type { Ref, Scope } from "../../component.ts";
import { get, isObject } from "../../json/value.ts";
import { ref } from "./refs.ts";

/** The retriever with its answers kept: the same are asked for again and again. */
export function withCache(retriever: Ref<"retriever">, scope: Scope): Ref<"retriever"> {
  const spec = scope.spec(retriever);
  const requester = get(spec, "requester");
  if (!isObject(requester)) return retriever;
  return ref("retriever", { ...spec, type: retriever.type, requester: { ...requester, use_cache: true } });
}
