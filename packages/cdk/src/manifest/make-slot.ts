import type { z } from "zod";
import type { Component, Ref, Slot } from "../component.ts";
import type { Kind } from "../roles.ts";

/** What schemas of components are made with: `slotOf` makes fields of children, `find` gives a component by its type. */
export function makeSlot(
  slotOf: <K extends Kind>(kind: K, types?: readonly string[]) => z.ZodType<Ref<K>>,
  find: (type: string) => Component | undefined,
  zod: typeof z,
): Slot {
  const slot: Slot = Object.assign(slotOf, {
    like<Fields extends z.ZodRawShape>(type: string, fields: Fields): z.ZodObject<Fields> {
      const component = find(type);
      if (component === undefined) throw new Error(`No component of type ${type} is registered.`);
      // The fields of the type itself are passed on, not looked at.
      return component.schema(slot, zod).extend(fields);
    },
  });
  return slot;
}
