/** Offsets in the text: of a member's key (an item's dash), and of its value. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

/** Where the parts of a manifest stand in its text. */
export interface Places {
  /** By the mapping or list, then by the key or index. */
  readonly members: Map<object, Map<string | number, Place>>;
  /** Keys that a mapping states twice; the last one counts. */
  readonly duplicates: { readonly key: string; readonly offset: number; readonly first: number }[];
}

export const createPlaces = (): Places => ({ members: new Map(), duplicates: [] });

export function notePlace(places: Places, holder: object, key: string | number, place: Place): void {
  const members = places.members.get(holder);
  if (members === undefined) places.members.set(holder, new Map([[key, place]]));
  else members.set(key, place);
}

export function placeOf(places: Places, holder: object, key: string | number): Place | undefined {
  return places.members.get(holder)?.get(key);
}
