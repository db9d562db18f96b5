import { configError } from "../../errors.ts";
import { commandSource } from "./command-source.ts";
import { containerEngine } from "./container-engine.ts";
import type { Connector } from "./open-connector.ts";

/** `airbyte/source-faker:6.2.0`, `localhost:5000/mine`, `repository@sha256:…`: something with a tag, a digest or a registry. */
const IMAGE = /^(?=.*[/:@])[a-z0-9][\w.-]*(?::\d+)?(?:\/[a-z0-9][\w.-]*)*(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/;

export const isImage = (target: string): boolean => IMAGE.test(target);

/** A connector in an image, run by podman or docker, whichever is there. */
export function openImage(image: string, env?: Readonly<Record<string, string | undefined>>): Connector {
  const tool = containerEngine(env);
  if (tool === undefined) {
    throw configError(
      `There is no file or folder ${image}; to run it as an image, podman or docker must be installed.`,
      {
        code: "no-connector",
      },
    );
  }
  const source = commandSource(
    (folder) => [tool, ...["run", "--rm", "--interactive", "--init", "--volume", `${folder}:${FILES}:ro`, image]],
    FILES,
  );
  return { name: image, folder: process.cwd(), open: async () => ({ source }) };
}

/** Where the inputs lie within the container. */
const FILES = "/tmp/ferry-inputs";
