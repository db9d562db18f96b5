import { relative } from "node:path";
import type { HttpRequest } from "../http/types.ts";
import { compared, differences, type ComparedRequest } from "./match.ts";
import type { Recording } from "./recording-file.ts";

/** A request that no recording answers. */
export interface Unrecorded {
  readonly method: string;
  readonly url: string;
  /** All of it in words: which request, which recorded ones are the nearest, and how they differ from it. */
  readonly message: string;
  /** The same without how to record it. */
  readonly finding: string;
}

const SHOWN = 2;

/** Says which request is not there, and what is there in its place. The request is without secrets. */
export function describeUnrecorded(
  { method, url }: Pick<HttpRequest, "method" | "url">,
  asked: ComparedRequest,
  recordings: readonly Recording[],
  cassette: string,
): Unrecorded {
  const near = recordings
    .flatMap(({ folder, exchanges }) =>
      exchanges.map(({ name, request }) => {
        const body = request.body !== undefined && "text" in request.body ? request.body.text : undefined;
        const known = compared({ ...request, body });
        return { file: relative(cassette, `${folder}/${name}.yaml`), request, told: differences(known, asked), known };
      }),
    )
    .map((each) => ({ ...each, distance: distanceOf(each.known, asked, each.told.length) }))
    .sort((a, b) => a.distance - b.distance);
  const shown = near
    .slice(0, SHOWN)
    .filter(({ distance }, index) => index === 0 || distance < near[0]!.distance * 2 + 1);
  const lines = shown.flatMap(({ file, request, told }) => [
    `  ${file}: ${request.method} ${request.url}`,
    ...told.map((difference) => `    ${difference}`),
  ]);
  const count = recordings.reduce((all, { exchanges }) => all + exchanges.length, 0);
  const finding = [
    `${method} ${url} is not recorded in ${cassette}.`,
    ...(count === 0 ? ["Nothing is recorded there."] : ["The nearest that is:", ...lines]),
  ].join("\n");
  return { method, url, finding, message: `${finding}\nRecord it with --record ${cassette}.` };
}

/** Another address weighs more than another method, and that more than parameters. */
function distanceOf(known: ComparedRequest, asked: ComparedRequest, count: number): number {
  const parts = (place: string): string[] => place.split("/");
  const [a, b] = [parts(known.place), parts(asked.place)];
  let alike = 0;
  while (alike < a.length && alike < b.length && a[alike] === b[alike]) alike++;
  const path = Math.max(a.length, b.length) - alike;
  return path * 100 + (known.method === asked.method ? 0 : 50) + count;
}
