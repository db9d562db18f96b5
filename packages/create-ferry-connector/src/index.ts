/** `npm create ferry-connector`: `ferry new`, before Ferry is installed. */
export { create } from "ferry-cdk/create";
