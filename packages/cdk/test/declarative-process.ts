/** `source-declarative-manifest`, for tests of it as a process. */
import { runDeclarative } from "../src/entrypoint/declarative.ts";

process.exit(await runDeclarative(process.argv.slice(2)));
