import { EMPTY, OTHER, type Batch } from "./batch.ts";
import { extract } from "./extract.ts";
import { valueRows } from "./value-rows.ts";

/** The rows of values which are bodies of their own: the reference opens lists among them and drops null, 0, {} and such. */
export function* bodyRows(bodies: Batch): Generator<Batch, void> {
  if (((bodies.places?.seen ?? OTHER) & (OTHER | EMPTY)) === 0) {
    yield bodies;
    return;
  }
  const rows = extract(
    Array.from({ length: bodies.length }, (_, i) => bodies.value(i)),
    [],
  );
  if (rows.length > 0) yield valueRows(rows);
}
