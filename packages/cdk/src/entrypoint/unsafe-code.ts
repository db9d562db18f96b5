import { configError } from "../errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether code that is no part of the connector may run. */
export const allowsUnsafeCode = (env: Environment): boolean =>
  env["AIRBYTE_ENABLE_UNSAFE_CODE"]?.toLowerCase() === "true";

/** Throws where the environment does not allow code that is no part of the connector. */
export function requireUnsafeCode(env: Environment, what: string): void {
  if (allowsUnsafeCode(env)) return;
  throw configError(
    `${what} may not run: custom code is not allowed in this environment. Set AIRBYTE_ENABLE_UNSAFE_CODE=true where you trust it.`,
    { code: "custom-code-not-allowed" },
  );
}
