import type { Scope } from "../../../component.ts";
import type { RequestPurpose } from "../../../roles/test-run.ts";
import type { HttpResponse, ResponseAction } from "../../../http/types.ts";

/** Tells a run that tries things out of answers; undefined where nobody wants to know, as of requests without a purpose. */
export function tellAnswers(
  { run, stream }: Scope,
  purpose: RequestPurpose | undefined = stream.purpose,
): ((response: HttpResponse, action: ResponseAction) => Promise<void>) | undefined {
  const told = run.test?.answered;
  if (told === undefined || purpose === undefined) return undefined;
  const { name, isParent } = stream;
  return (response, action) => told({ purpose, stream: name, isParent, response, action });
}
