#!/usr/bin/env node
import { load } from "./load.mjs";

const argv = process.argv.slice(2);
const { main } = await load("cli/main", argv[0] !== "manifest");
process.exitCode = await main(argv);
