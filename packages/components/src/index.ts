/** Components to export from a connector's components.ts: all of them, or those that its manifest names. */
export { configOrParentRouter } from "./config-or-parent-router.ts";
export { datetimesToRfc3339 } from "./datetimes-to-rfc3339.ts";
