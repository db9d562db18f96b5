// Compiles csv.as and its parts to csv.gen.ts. Needed after a change of them only: node packages/cdk/src/csv/scan/build-csv.mjs
import { compile } from "../../json/scan/build-scan.mjs";

compile(new URL("csv.as", import.meta.url), ["csv", "text", "values"]);
