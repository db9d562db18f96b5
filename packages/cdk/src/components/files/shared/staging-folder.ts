import { access } from "node:fs/promises";

const FALLBACK = "/tmp/airbyte-file-transfer";

/** The folder that the platform shares with the connector; a temporary one where there is none. */
export async function stagingFolder(): Promise<string> {
  const folder = process.env["AIRBYTE_STAGING_DIRECTORY"] ?? "/staging/files";
  return access(folder).then(
    () => folder,
    () => FALLBACK,
  );
}
