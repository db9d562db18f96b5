/** Offsets in the text: of a member's key (an item's dash), and of its value. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

/** Where the parts of a manifest stand in its text. */
export interface Places {
  /** By the mapping or list, flat: the member's key or index, the offset of its key, that of its value; and so on. */
  readonly members: Map<object, (string | number)[]>;
  /** Keys that a mapping states twice; the last one counts. */
  readonly duplicates: { readonly key: string; readonly offset: number }[];
}

export const createPlaces = (): Places => ({ members: new Map(), duplicates: [] });

export function notePlace(places: Places, holder: object, key: string | number, keyAt: number, valueAt: number): void {
  const members = places.members.get(holder);
  if (members === undefined) places.members.set(holder, [key, keyAt, valueAt]);
  else members.push(key, keyAt, valueAt);
}

/** Where a member stands; of a key stated twice the last. */
export function placeOf(places: Places, holder: object, key: string | number): Place | undefined {
  const members = places.members.get(holder) ?? [];
  for (let at = members.length - 3; at >= 0; at -= 3) {
    if (members[at] === key) return { key: Number(members[at + 1]), value: Number(members[at + 2]) };
  }
  return undefined;
}

/** Where a mapping or list starts. */
export function startOf(places: Places, holder: object): number | undefined {
  const members = places.members.get(holder);
  if (members === undefined) return undefined;
  let least = Infinity;
  for (let at = 1; at < members.length; at += 3) least = Math.min(least, Number(members[at]));
  return least;
}
