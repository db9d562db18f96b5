import { writeYaml } from "../write-yaml.ts";
import type { Names } from "./names.ts";

/** What `ferry test` runs; `empty` streams have no record in the cassette. */
export function acceptanceConfig({ name }: Names, empty: readonly string[]): string {
  const config = { config_path: "test/config.json" };
  const bypassed = empty.map((stream) => ({ name: stream, bypass_reason: "nothing is known of its records" }));
  return writeYaml(
    {
      connector_image: `local/${name}:dev`,
      test_strictness_level: "low",
      acceptance_tests: {
        spec: { tests: [config] },
        connection: { tests: [{ ...config, status: "succeed" }] },
        discovery: { tests: [config] },
        basic_read: { tests: [bypassed.length === 0 ? config : { ...config, empty_streams: bypassed }] },
        full_refresh: { tests: [config] },
        incremental: { tests: [config] },
      },
    },
    new Map(),
    "# What `ferry test` runs: from the answers in cassette/, or from the API itself with --live.\n",
  );
}
