import type { Kind, Roles } from "../roles.ts";
import type { Profile } from "../roles/profile.ts";

/** A component whose work on records is measured. */
export function profiled<K extends Kind>(kind: K, made: Roles[K], profile: Profile): Roles[K] {
  if (typeof made !== "function" || (kind !== "transformation" && kind !== "recordFilter")) return made;
  const work = made as (...args: unknown[]) => unknown; // both are
  const measured = (...args: unknown[]): unknown => profile.measure("transformations", () => work(...args));
  return Object.assign(measured, made); // called as the one within
}
