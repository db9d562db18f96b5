import { keys } from "../../json/value.ts";
import type { Language } from "../language.ts";
import { migratedFields } from "../migrate.ts";
import type { Locator } from "./locator.ts";
import type { Path, Problem } from "./problem.ts";
import type { Survey } from "./survey.ts";

interface Described {
  readonly description?: string | undefined;
  meta(): { readonly deprecated?: boolean | undefined } | undefined;
}

/** What is said in an older form, each form once, at its first place: most manifests hold some, and all of it works. */
export function deprecationNotes(language: Language, { mappings }: Survey, locator: Locator): Problem[] {
  const found = new Map<string, { path: Path; first: number; readonly description: string; places: Set<number> }>();
  for (const { value, path } of mappings) {
    const type = value["type"];
    if (typeof type !== "string" || !language.components.has(type)) continue;
    const schema = language.schemaOf(type);
    note(type, schema, [...path, "type"]);
    for (const field of keys(value)) {
      if (Object.hasOwn(schema.shape, field))
        note(`${type}.${field}`, schema.shape[field] as Described, [...path, field]);
    }
  }
  return [...found].map(([name, { path, first, description, places }]) => {
    const more = places.size - 1;
    const wherever = more > 0 ? ` It stands here and in ${more} more ${more === 1 ? "place" : "places"}.` : "";
    const remedy = migratedFields.has(name) ? " `ferry manifest migrate` rewrites it." : "";
    return {
      severity: "note",
      code: "deprecated",
      message: `\`${name}\` is ${olderForm(description)}, and still works.${wherever}${remedy}`,
      path: path.join("."),
      offset: first,
    };
  });

  function note(name: string, schema: Described, path: Path): void {
    if (schema.meta()?.deprecated !== true) return;
    const place = locator.key(path);
    const known = found.get(name);
    if (known === undefined) {
      found.set(name, { path, first: place, description: schema.description ?? "", places: new Set([place]) });
      return;
    }
    known.places.add(place);
    if (place < known.first) Object.assign(known, { first: place, path });
  }
}

/** The description of what is deprecated says what it is an older form of. */
function olderForm(description: string): string {
  const of = /\ban older form of (`\w+`)/i.exec(description)?.[1];
  return of === undefined ? "an older form" : `an older form of ${of}`;
}
