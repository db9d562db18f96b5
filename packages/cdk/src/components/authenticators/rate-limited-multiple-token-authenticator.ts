import { component, type Component, type Scope } from "../../component.ts";
import { parseDuration } from "../../datetime/iso-duration.ts";
import { Timedelta, totalSeconds } from "../../datetime/timedelta.ts";
import { configError } from "../../errors.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, isList, isObject, type Json } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { statusSource } from "./shared/quotas/quota-status.ts";
import { createQuota } from "./shared/quotas/quota.ts";
import { rotatingAuthenticator, type RotatingTokens } from "./shared/quotas/rotating-authenticator.ts";

export const rateLimitedMultipleTokenAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "RateLimitedMultipleTokenAuthenticator",
  description: "Several tokens in turn: one whose quota is spent rests until it is renewed.",
  schema: (slot, z) =>
    z.object({
      tokens: z
        .union([z.string(), z.array(z.string()).min(1)])
        .describe("The tokens, as a list or in one text. May see: config."),
      token_delimiter: z.string().default(",").describe("What stands between the tokens of one text."),
      auth_method: z.string().default("Bearer").describe("What stands before the token in the header."),
      header: z.string().default("Authorization").describe("The header that carries the token."),
      quota_status_source: slot("piece", ["QuotaStatusSource"]).describe("What tells how many calls a token has left."),
      quotas: z
        .array(slot("piece", ["TokenQuota"]))
        .min(1)
        .describe("What each token has calls of: the first that is for a request is charged for it."),
      max_wait_time: z
        .string()
        .default("PT2H")
        .describe("How long a request waits for new calls, an ISO 8601 duration. May see: config."),
      budget_reserve_fraction: z
        .number()
        .default(0.1)
        .describe("The part of each token's calls below which requests slow down, to last until there are new ones."),
      budget_min_reserve: z.int().default(50).describe("As many calls at least, whatever part of all they are."),
    }),
  create(spec, scope): Authenticator {
    const quotas = spec.quotas.map((quota) => scope.build(quota));
    const given: RotatingTokens = {
      tokens: tokensOf(spec.tokens, spec.token_delimiter || ",", scope),
      source: statusSource(scope.build(spec.quota_status_source), scope),
      method: spec.auth_method || "Bearer",
      header: spec.header || "Authorization",
      maxWait: secondsOf(scope.text(spec.max_wait_time || "PT2H")({})),
      reserveFraction: spec.budget_reserve_fraction,
      minReserve: spec.budget_min_reserve,
    };
    // Streams share the counts where they say the same; parameters of their own make no difference.
    const key = printJson([{ ...given }, quotas.map(withoutParameters)]);
    return scope.run.shared(`tokens ${key}`, () =>
      rotatingAuthenticator(
        given,
        quotas.map((quota) => createQuota(quota, scope)),
        scope,
      ),
    );
  },
});

function tokensOf(given: string | readonly string[], delimiter: string, scope: Scope): readonly string[] {
  const texts =
    typeof given === "string" ? scope.text(given)({}).split(delimiter) : given.map((text) => scope.text(text)({}));
  const tokens = [...new Set(texts.map((text) => text.trim()))].filter((token) => token !== "");
  if (tokens.length > 0) return tokens;
  throw configError("RateLimitedMultipleTokenAuthenticator: the config gives no tokens for `tokens`.");
}

function secondsOf(text: string): number {
  const duration = parseDuration(text);
  if (duration instanceof Timedelta) return totalSeconds(duration);
  throw configError(
    `RateLimitedMultipleTokenAuthenticator: \`max_wait_time\` is ${text}, but years and months have no fixed length. State days or less, such as PT2H.`,
  );
}

function withoutParameters(value: Json): Json {
  if (isList(value)) return value.map(withoutParameters);
  if (!isObject(value)) return value;
  return fromEntries(
    entries(value)
      .filter(([name]) => name !== "$parameters")
      .map(([name, member]) => [name, withoutParameters(member)]),
  );
}
