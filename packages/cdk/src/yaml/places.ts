/** Offsets in the text: of a member's key (an item's dash), and of its value. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

/** Where the parts of a manifest stand in its text. */
export interface Places {
  readonly members: MemberPlaces;
  /** Keys that a mapping states twice; the last one counts. */
  readonly duplicates: { readonly key: string; readonly offset: number }[];
}

/** All members in the order of reading, as one table: an object for each would be most of the memory. */
interface MemberPlaces {
  /** The row of a mapping's or list's last member. */
  readonly last: Map<object, number>;
  readonly keys: (string | number)[];
  /** For each row the offset of the key, that of the value, and the row of the holder's member before, or -1. */
  numbers: Int32Array;
}

const WIDTH = 3;

export const createPlaces = (): Places => ({
  members: { last: new Map(), keys: [], numbers: new Int32Array(1024 * WIDTH) },
  duplicates: [],
});

/** Notes where the next member of a mapping or list stands. */
export function notePlace(places: Places, holder: object, key: string | number, keyAt: number, valueAt: number): void {
  const { members } = places;
  notePlaces(places, holder, addRow(places, key, keyAt, valueAt, members.last.get(holder) ?? -1));
}

/** Notes that a row, and those before it, are of the members of this mapping or list. */
export function notePlaces({ members }: Places, holder: object, row: number): void {
  if (row >= 0) members.last.set(holder, row);
}

/** Adds a row for a member of what is noted later, after the row `before`, -1 where there is none. Gives the row's number. */
export function addRow(
  { members }: Places,
  key: string | number,
  keyAt: number,
  valueAt: number,
  before: number,
): number {
  const row = members.keys.push(key) - 1;
  const at = row * WIDTH;
  if (at === members.numbers.length) {
    const more = new Int32Array(2 * at);
    more.set(members.numbers);
    members.numbers = more;
  }
  members.numbers[at] = keyAt;
  members.numbers[at + 1] = valueAt;
  members.numbers[at + 2] = before;
  return row;
}

/** Where a member stands; of a key stated twice the last. */
export function placeOf({ members }: Places, holder: object, key: string | number): Place | undefined {
  for (const row of rowsOf(members, holder)) if (members.keys[row] === key) return placeAt(members, row);
  return undefined;
}

/** Where a mapping or list starts. */
export function startOf({ members }: Places, holder: object): number | undefined {
  const starts = [...rowsOf(members, holder)].map((row) => placeAt(members, row).key);
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** The last first. */
function* rowsOf({ last, numbers }: MemberPlaces, holder: object): Iterable<number> {
  for (let row = last.get(holder) ?? -1; row >= 0; row = numbers[row * WIDTH + 2]!) yield row;
}

const placeAt = ({ numbers }: MemberPlaces, row: number): Place => ({
  key: numbers[row * WIDTH]!,
  value: numbers[row * WIDTH + 1]!,
});
