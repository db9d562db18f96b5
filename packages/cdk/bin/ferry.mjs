#!/usr/bin/env node
import { bringsCode, load } from "./load.mjs";

const argv = process.argv.slice(2);
const { main } = await load("cli/main", () => argv[0] !== "manifest" || bringsCode(argv));
process.exitCode = await main(argv);
