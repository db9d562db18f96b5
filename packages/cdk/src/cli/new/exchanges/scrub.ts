import { entries, fromEntries, isList, isObject, type Json } from "../../../json/value.ts";
import { isSecretParameter } from "../secret-names.ts";

/** Puts something else in the place of secrets: of those that are known, and of what answers call by a secret's name. */
export function createScrub(secrets: ReadonlyMap<string, string>): (value: Json) => Json {
  const known = [...secrets].filter(([value]) => value.length >= 4).sort(([one], [other]) => other.length - one.length);
  const text = (value: string): string =>
    known.reduce(
      (scrubbed, [secret, instead]) =>
        scrubbed.replaceAll(secret, instead).replaceAll(encodeURIComponent(secret), encodeURIComponent(instead)),
      value,
    );
  const scrub = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (isList(value)) return value.map(scrub);
    if (!isObject(value)) return value;
    return fromEntries(
      entries(value).map(([name, member]) => [
        name,
        typeof member === "string" && isSecretParameter(name) && member.length >= 16 && /\d/.test(member)
          ? "****"
          : scrub(member),
      ]),
    );
  };
  return scrub;
}
