#!/usr/bin/env node
import { runDeclarative } from "../dist/entrypoint/declarative.js";

process.exit(await runDeclarative(process.argv.slice(2)));
