import { escape, stripTags, unescapeEntities } from "../text/html.ts";
import { method, type Method } from "../value/call.ts";
import { iterate } from "../value/iterate.ts";
import { isList } from "../value/kind.ts";
import { Markup, Tuple, tuple, type Value } from "../value/value.ts";
import { textMethods } from "./text.ts";

/** Methods whose text arguments come into the result, and so are escaped. */
const MIXING: Readonly<Record<string, number>> = { replace: 1, ljust: 1, rjust: 1, center: 1 };
const PLAIN: ReadonlySet<string> = new Set(["encode"]);

/** The methods of text marked as safe HTML: as those of text, but what they give is marked too. */
export const markupMethods: Readonly<Record<string, Method<Markup> | undefined>> = {
  ...Object.fromEntries(Object.entries(textMethods).map(([name, one]) => [name, one && marked(name, one)])),
  join: method(1, 1, (markup, items) => {
    const texts = Array.from(iterate(items!), (item) => escape(item));
    return new Markup(texts.join(markup.text));
  }),
  striptags: method(0, 0, (markup) => stripTags(markup.text)),
  unescape: method(0, 0, (markup) => unescapeEntities(markup.text)),
};

function marked(name: string, { run, least, most, names }: Method<string>): Method<Markup> {
  return {
    least,
    most,
    names,
    run(markup, ...given) {
      const mixing = MIXING[name];
      const argument = mixing === undefined ? undefined : given[mixing];
      if (mixing !== undefined && argument !== undefined) given[mixing] = escape(argument);
      const result = run(markup.text, ...given);
      return PLAIN.has(name) ? result : mark(result);
    },
  };
}

function mark(value: Value): Value {
  if (typeof value === "string") return new Markup(value);
  if (!isList(value)) return value;
  return value instanceof Tuple ? tuple(value.map(mark)) : value.map(mark);
}
