import { unicodePattern } from "../text/unicode.ts";
import { typeError, valueError, fail } from "../failure.ts";
import { decode } from "../methods/bytes.ts";
import { escape, escapeText, stripTags } from "../text/html.ts";
import { quote } from "../text/quote.ts";
import { urlize } from "../text/urlize.ts";
import { SPACE } from "../text/whitespace.ts";
import { integerArgument, method } from "../value/call.ts";
import { iterable, iterate, listOf } from "../value/iterate.ts";
import { isList, isMapping, isText, typeName } from "../value/kind.ts";
import { members } from "../value/mapping.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Bytes, Dict, Markup, MappingView, Undefined, type Value } from "../value/value.ts";
import type { Filters } from "./filters.ts";

const SCHEME = unicodePattern("^[\\p{L}\\p{N}_.+-]{2,}:/{0,2}$");

/** Filters for HTML and URLs. */
export const htmlFilters: Filters = {
  escape: method(0, 0, (value) => new Markup(escape(value))),
  e: method(0, 0, (value) => new Markup(escape(value))),
  forceescape: method(0, 0, (value) => new Markup(escapeText(str(value)))),
  safe: method(0, 0, (value) => new Markup(str(value))),
  striptags: method(0, 0, (value) => stripTags(str(value))),
  urlencode: method(0, 0, urlEncode),
  xmlattr: method(0, 1, attributes, ["autospace"]),
  urlize: method(
    0,
    5,
    (value, limit, noFollow = false, target = null, rel = null, schemes = null) => {
      const extra = schemes === null ? [] : Array.from(iterate(schemes), str);
      for (const scheme of extra) {
        if (!SCHEME().test(scheme)) {
          throw fail("FilterArgumentError", `'${scheme}' is not a valid URI scheme prefix.`);
        }
      }
      const relations = new Set([
        ...(rel === null ? [] : str(rel).split(" ").filter(Boolean)),
        ...(truthy(noFollow) ? ["nofollow"] : []),
        "noopener",
      ]);
      return urlize(escape(value), {
        limit: limit === undefined || limit === null ? undefined : integerArgument(limit),
        rel: [...relations].sort().join(" "),
        target: target === null ? undefined : str(target),
        schemes: extra,
      });
    },
    ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"],
  ),
};

function urlEncode(value: Value): string {
  if (isText(value) || iterable(value) === undefined) return quote(textOf(value), "/");
  const isDict = isMapping(value) && !(value instanceof MappingView);
  const pairs = isDict || value instanceof Dict ? members(value) : listOf(value).map(pairOf);
  const part = (item: Value): string => quote(textOf(item), "").replaceAll("%20", "+");
  return pairs.map(([key, item]) => `${part(key)}=${part(item)}`).join("&");
}

function textOf(value: Value): string {
  return value instanceof Bytes ? decode(value.data, "utf-8") : str(value);
}

function pairOf(pair: Value): readonly [Value, Value] {
  if (iterable(pair) === undefined) throw typeError(`cannot unpack non-iterable ${typeName(pair)} object`);
  const [key, value, more] = isList(pair) ? pair : listOf(pair);
  if (key === undefined || value === undefined) throw valueError("not enough values to unpack (expected 2)");
  if (more !== undefined) throw valueError("too many values to unpack (expected 2)");
  return [key, value];
}

const UNFIT = new RegExp(`[${SPACE}/>=]`);

function attributes(value: Value, autoSpace: Value = true): string {
  if (value instanceof Undefined) raiseUndefined(value);
  if (!isMapping(value)) throw fail("AttributeError", `'${typeName(value)}' object has no attribute 'items'`);
  const items: string[] = [];
  for (const [key, item] of members(value)) {
    if (item === null || item instanceof Undefined) continue;
    if (!isText(key)) throw typeError("expected string or bytes-like object");
    if (UNFIT.test(str(key))) throw valueError(`Invalid character in attribute name: '${str(key)}'`);
    items.push(`${escape(key)}="${escape(item)}"`);
  }
  const text = items.join(" ");
  return truthy(autoSpace) && text !== "" ? ` ${text}` : text;
}
