#!/usr/bin/env node
import { runSource } from "ferry-cdk";
import { source } from "./source.js";

process.exit(await runSource(source, process.argv.slice(2)));
