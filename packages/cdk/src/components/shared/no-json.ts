import type { HttpResponse } from "../../http/types.ts";

/** Says that an answer is no JSON, and why; without the answer itself, which may hold anything. */
export function noJson({ request, url }: HttpResponse, fault: unknown): string {
  const because = fault instanceof SyntaxError ? fault.message : "it is not UTF-8";
  return `The answer of ${request.method} ${url} is no JSON (${because}), so it holds no records.`;
}

/** Says that one line is no JSON, which is left out; undefined for a blank one, which is none worth a word. */
export function noJsonLine(line: string, fault: SyntaxError): string | undefined {
  return line.trim() === "" ? undefined : `A line of the answer is no JSON and is left out: ${fault.message}.`;
}
