import { createHash } from "node:crypto";
import { configError } from "../../errors.ts";
import { quotePlus } from "../../http/percent.ts";

/** What the variables of a flow's templates stand for. */
export type FlowValues = ReadonlyMap<string, string>;

/**
 * A text of `oauth_connector_input_specification` with its `{{ … }}` filled in. The platform has a template language of its own
 * for them: names, texts in quotes, `~`, parentheses and filters. An unknown variable comes to nothing, as there. The form
 * of its older documentation, `{{ {{a}}:{{b}} | base64Encoder }}`, is text with variables in it, then a filter.
 * @throws a config error that names the template's place and what is not understood
 */
export function renderFlowTemplate(template: string, values: FlowValues, place: string): string {
  const valueOf = (name: string): string => values.get(name) ?? "";
  return template
    .replace(NESTED, (whole, text: string, filters: string) => {
      const filled = text.trim().replace(SIMPLE, (_, name: string) => valueOf(name));
      // What stands for the result cannot be taken for a template again.
      return escapeBraces(filters.split("|").reduce((value, name) => filtered(value, name.trim(), whole), filled));
    })
    .replace(EXPRESSION, (whole, expression: string) => escapeBraces(evaluate(tokensOf(expression, whole), whole)))
    .replaceAll(BRACES, "{{");

  function filtered(value: string, name: string, whole: string): string {
    const filter = filters[name.toLowerCase()];
    if (filter !== undefined) return filter(value);
    throw misunderstood(whole, `there is no filter \`${name}\`: it has ${Object.keys(filters).join(", ")}`);
  }
  /** `joined (| filter)*`, where joined is `term (~ term)*` and a term a name, a text, or all of this in parentheses. */
  function evaluate(tokens: string[], whole: string): string {
    const take = (expected?: string): string => {
      const token = tokens.shift();
      if (token === undefined || (expected !== undefined && token !== expected))
        throw misunderstood(whole, `${expected ?? "a name"} is missing`);
      return token;
    };
    const term = (): string => {
      const token = take();
      if (token === "(") {
        const inner = joined();
        take(")");
        return piped(inner);
      }
      if (/^["']/.test(token)) return piped(token.slice(1, -1));
      if (/^\w/.test(token)) return piped(valueOf(token));
      throw misunderstood(whole, `${token} is out of place`);
    };
    const piped = (given: string): string => {
      let value = given;
      while (tokens[0] === "|") {
        take();
        value = filtered(value, take(), whole);
      }
      return value;
    };
    const joined = (): string => {
      let text = term();
      while (tokens[0] === "~" || tokens[0] === "+") {
        take();
        text += term();
      }
      return text;
    };
    const result = joined();
    if (tokens.length > 0) throw misunderstood(whole, `${tokens[0]!} is out of place`);
    return result;
  }
  function tokensOf(expression: string, whole: string): string[] {
    const tokens = expression.match(/"[^"]*"|'[^']*'|\w+|[()~|+]|\S/g) ?? [];
    if (tokens.length === 0) throw misunderstood(whole, "it is empty");
    return tokens;
  }
  function misunderstood(whole: string, why: string): Error {
    return configError(`The manifest's ${place} has the template ${whole}, which is not understood: ${why}.`, {
      code: "oauth-template",
    });
  }
}

/** Names of filters in lower case: those that the platform knows, and those that its documentation gives them. */
const filters: Readonly<Record<string, (text: string) => string>> = {
  urlencode: quotePlus,
  urlencoder: quotePlus,
  urldecode: (text) => new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v")!,
  urldecoder: (text) => filters["urldecode"]!(text),
  b64encode: (text) => Buffer.from(text).toString("base64"),
  base64encode: (text) => filters["b64encode"]!(text),
  base64encoder: (text) => filters["b64encode"]!(text),
  b64decode: (text) => Buffer.from(text, "base64").toString(),
  base64decode: (text) => filters["b64decode"]!(text),
  base64decoder: (text) => filters["b64decode"]!(text),
  codechallenges256: (text) => createHash("sha256").update(text).digest("base64url"),
  trim: (text) => text.trim(),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};

const SIMPLE = /\{\{\s*(\w+)\s*\}\}/g;
const NESTED = /\{\{((?:[^{}|]|\{\{\s*\w+\s*\}\})*?\{\{\s*\w+\s*\}\}(?:[^{}|]|\{\{\s*\w+\s*\}\})*?)\|([\w\s|]+)\}\}/g;
const EXPRESSION = /\{\{((?:"[^"]*"|'[^']*'|[^"'}])*)\}\}/g;

/** What `{{` of a value is while there may still be templates around it: a character that no URL or header holds. */
const BRACES = "\uE000";
const escapeBraces = (text: string): string => text.replaceAll("{{", BRACES);
