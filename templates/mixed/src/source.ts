import { createDeclarativeSource, readManifestFile, type Source } from "ferry-cdk";
import * as components from "../components.js";
import { invoices, totals } from "./streams.js";

/** The streams of the manifest, and those in code beside them. */
export const source: Source = createDeclarativeSource({
  ...(await readManifestFile(new URL("../../manifest.yaml", import.meta.url))),
  components: Object.values(components),
  streams: [invoices, totals],
});
