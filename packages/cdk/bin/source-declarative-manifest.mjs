#!/usr/bin/env node
import { bringsCode, load } from "./load.mjs";

const argv = process.argv.slice(2);
const image = "/airbyte/integration_code/source_declarative_manifest/manifest.yaml"; // an image's own

const { runDeclarative } = await load("entrypoint/declarative", () => bringsCode(argv, image));
process.exit(await runDeclarative(argv));
