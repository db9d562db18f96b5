import { secretForms } from "../encoding/secret-pattern.ts";

/** Puts a placeholder in the place of every secret. The same secret gets the same one, whatever its value is today. */
export interface Scrubber {
  /** Learns a secret: one of the config by its place there, one obtained while running without. */
  secret(value: string, path?: string): void;
  /** A text without secrets, and without the values of members and parameters that hold secrets by their name. */
  text(text: string): string;
  /** The pairs of a request's or an answer's headers, without what headers of such names hold. */
  headers(pairs: Iterable<readonly [string, string]>): (readonly [string, string])[];
  /** As `text`, for a body of any size and encoding. Members with telling names are looked for in chunks. */
  bytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
}

/** What placeholders begin with. They consist of letters, digits and `_`: they look the same in every encoding. */
export const PLACEHOLDER = "SCRUBBED_";

/** Members of bodies and parameters of URLs that hold a secret, whichever API it is. */
const NAMES =
  "access_?token|refresh_?token|id_?token|session_?token|auth_?token|client_?secret|client_?assertion|assertion|" +
  "code_?verifier|password|passwd|api_?key|secret_?key|secret_?access_?key|private_?key|" +
  "x-amz-signature|x-amz-credential|x-amz-security-token";
const HEADERS =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|api-?key|(?:access|auth|refresh|csrf|xsrf|session|security|private)[-_]?(?:token|key|id)$|secret|password|signature/i;
const MEMBER = new RegExp(`("(?:${NAMES})"\\s*:\\s*)"((?:[^"\\\\]|\\\\.)+)"`, "gi");
const PARAMETER = new RegExp(`((?:^|[?&])(${NAMES})=)([^&#\\s"]+)`, "gi");
const USER = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]+@/i;

/** A shorter value of a telling name is hidden where it stands, and left alone elsewhere: it is likely to be something else. */
const SHORTEST = 6;
/** Characters of a body that are looked at together: no member is longer, and no secret. */
const WINDOW = 1 << 20;

export function createScrubber(): Scrubber {
  const placeholders = new Map<string, string>();
  const named = new Map<string, number>();
  let forms: { pattern: RegExp; placeholders: readonly string[] } | undefined;

  function learn(value: string, name: string): string {
    const known = placeholders.get(value);
    if (known !== undefined) return known;
    if (value.startsWith(PLACEHOLDER)) return value; // from a cassette
    const base = PLACEHOLDER + name.replace(/[^A-Za-z0-9]+/g, "_");
    const count = (named.get(base) ?? 0) + 1;
    named.set(base, count);
    const placeholder = count === 1 ? base : `${base}_${count}`;
    placeholders.set(value, placeholder);
    forms = undefined;
    return placeholder;
  }

  function byValue(text: string): string {
    if (placeholders.size === 0) return text;
    forms ??= compile(placeholders);
    const { pattern, placeholders: ordered } = forms;
    return text.replace(
      pattern,
      (_, ...groups: unknown[]) => ordered[groups.findIndex((group) => group !== undefined)]!,
    );
  }

  const byName = (name: string, value: string): string =>
    value.length < SHORTEST && !value.startsWith(PLACEHOLDER)
      ? PLACEHOLDER + name.replace(/[^A-Za-z0-9]+/g, "_")
      : learn(value, name);

  function text(given: string): string {
    return byValue(given)
      .replace(USER, `$1${PLACEHOLDER}user@`)
      .replace(MEMBER, (_, before: string, value: string) => {
        const name = /"([^"]+)"/.exec(before)![1]!.toLowerCase();
        return `${before}"${byName(name, unescaped(value))}"`;
      })
      .replace(
        PARAMETER,
        (_, before: string, name: string, value: string) => before + byName(name.toLowerCase(), decoded(value)),
      );
  }

  return {
    secret(value, path) {
      // What is too short to be one would hide page numbers and flags.
      if (value.trim().length > 2 && !/^(?:\d{1,3}|true|false|null)$/.test(value)) learn(value, path ?? "token");
    },
    text,
    headers: (pairs) =>
      Array.from(pairs, ([name, value]) => [name, HEADERS.test(name) ? hidden(name, value) : text(value)] as const),
    async *bytes(chunks) {
      let held = "";
      for await (const chunk of chunks) {
        held += Buffer.from(chunk).toString("latin1");
        if (held.length < 2 * WINDOW) continue;
        // A cut between two lines or members goes through no secret; without one, it is made where it must be.
        const cut = Math.max(held.lastIndexOf("\n", WINDOW), held.lastIndexOf(",", WINDOW), WINDOW >> 1);
        yield Buffer.from(latin1(held.slice(0, cut)), "latin1");
        held = held.slice(cut);
      }
      if (held !== "") yield Buffer.from(latin1(held), "latin1");
    },
  };

  /** Bytes of UTF-8 as characters of one byte each: texts beyond ASCII are put back together where that is possible. */
  function latin1(bytes: string): string {
    if (/^[\0-\x7f]*$/.test(bytes)) return text(bytes);
    const buffer = Buffer.from(bytes, "latin1");
    const whole = buffer.toString("utf8");
    return whole.includes("\ufffd") ? text(bytes) : Buffer.from(text(whole)).toString("latin1");
  }
}

/** Matches every form of every secret, each in a group of its own; the longest first, as one may be a part of another. */
function compile(placeholders: ReadonlyMap<string, string>): { pattern: RegExp; placeholders: readonly string[] } {
  const forms = [...placeholders]
    .flatMap(([value, placeholder]) => secretForms(value).map((form) => ({ ...form, placeholder })))
    .sort((one, other) => other.length - one.length);
  return {
    pattern: new RegExp(forms.map(({ pattern }) => `(${pattern})`).join("|"), "gu"),
    placeholders: forms.map(({ placeholder }) => placeholder),
  };
}

/** What a header of this name may show: the scheme of credentials, the names of cookies. */
function hidden(name: string, value: string): string {
  if (/^set-cookie$/i.test(name)) return value.replace(/^([^=;]+)=[^;]*/, `$1=${PLACEHOLDER}cookie`);
  if (/^cookie$/i.test(name)) return value.replace(/=[^;]*/g, `=${PLACEHOLDER}cookie`);
  const scheme = /^([A-Za-z]+) ./.exec(value)?.[1];
  const placeholder = PLACEHOLDER + name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return scheme === undefined ? placeholder : `${scheme} ${placeholder}`;
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string; // a text in quotes is one
  } catch {
    return text;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
