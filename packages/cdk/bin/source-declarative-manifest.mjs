#!/usr/bin/env node
import { existsSync, readdirSync } from "node:fs";
import { load } from "./load.mjs";

const argv = process.argv.slice(2);
const image = "/airbyte/integration_code/source_declarative_manifest"; // where an image has its components too
const ownCode =
  argv.some((argument) => argument.startsWith("--comp")) ||
  (existsSync(image) && readdirSync(image).some((name) => name.startsWith("components")));

const { runDeclarative } = await load("entrypoint/declarative", ownCode);
process.exit(await runDeclarative(argv));
