import type { Json } from "../json/value.ts";
import { compileTemplate, type Context, type Evaluation, type Template, type TemplateOptions } from "./template.ts";
import { str } from "./value/text.ts";

/**
 * A template of a component's field. Where nothing comes of it, its default is evaluated; its own source where there is
 * none, so that a missing member is an error and an empty text stays one.
 */
export function compileString(source: string, options: TemplateOptions = {}): Template {
  const { default: given = "" } = options;
  const template = compileTemplate(source, { ...options, default: given === "" ? source : given });
  let plain: boolean | undefined;
  const evaluate = (context: Context): Json => {
    if (plain === true) return source;
    const result = template(context);
    // As in the reference: what comes to itself when first evaluated is taken for plain text from then on.
    plain ??= result === source;
    return result;
  };
  const { constant, reads, error } = template;
  return Object.assign(evaluate, { source, constant, reads, error });
}

/** As {@link compileString}, the result as Python's `str` writes it. */
export function compileText(source: string, options: TemplateOptions = {}): Evaluation<string> {
  const template = compileString(source, options);
  const { reads, error } = template;
  return Object.assign((context: Context): string => str(template(context)), { reads, error });
}
