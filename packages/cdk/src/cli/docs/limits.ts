import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** What a resolved manifest says of rate limits and of what is tried again, as sentences. */
export function limitsOf(manifest: JsonObject): string[] {
  const budget = get(manifest, "api_budget");
  const level = at(manifest, "concurrency_level", "default_concurrency");
  return [
    ...(isObject(budget) ? listOf(get(budget, "policies")).flatMap(policySentences) : []),
    ...(isObject(budget) ? budgetSentences(budget) : []),
    ...(typeof level === "number" ? [`${level} slices are read at once.`] : []),
    ...handlerSentences(manifest),
  ];
}

function policySentences(policy: Json): string[] {
  if (!isObject(policy)) return [];
  const matchers = listOf(get(policy, "matchers")).flatMap((matcher) => {
    const parts = [at(matcher, "method"), at(matcher, "url_base"), at(matcher, "url_path_pattern")];
    const text = parts.filter((part) => typeof part === "string").join(" ");
    return text === "" ? [] : [`\`${text}\``];
  });
  const whose = matchers.length === 0 ? "All requests" : `Requests to ${matchers.join(" or ")}`;
  const type = get(policy, "type");
  if (type === "UnlimitedCallRatePolicy") return [`${whose}: no limit.`];
  if (type === "FixedWindowCallRatePolicy") {
    return [`${whose}: ${count(get(policy, "call_limit"))} in each window of ${period(get(policy, "period"))}.`];
  }
  const rates = listOf(get(policy, "rates")).map(
    (rate) => `${count(at(rate, "limit"))} in ${period(at(rate, "interval"))}`,
  );
  return rates.length === 0 ? [] : [`${whose}: at most ${rates.join(" and ")}.`];
}

function budgetSentences(budget: JsonObject): string[] {
  const reset = get(budget, "ratelimit_reset_header");
  const left = get(budget, "ratelimit_remaining_header");
  const headers = [left, reset].filter((name) => typeof name === "string").map((name) => `\`${name}\``);
  return headers.length === 0 ? [] : [`What is left is read from the headers ${headers.join(" and ")}.`];
}

/** Each way of handling errors once, however many streams have it. */
function handlerSentences(manifest: JsonObject): string[] {
  const found = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (isList(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    if (get(value, "type") === "DefaultErrorHandler") handler(value);
    for (const [, member] of entries(value)) walk(member);
  };
  function handler(spec: JsonObject): void {
    for (const filter of listOf(get(spec, "response_filters"))) {
      const action = String(at(filter, "action") ?? "");
      const codes = listOf(at(filter, "http_codes")).map(String).join(", ");
      const what = ACTIONS[action];
      if (what !== undefined && codes !== "") found.add(`Answers with status ${codes} ${what}.`);
    }
    for (const strategy of listOf(get(spec, "backoff_strategies"))) {
      const text = waitOf(strategy);
      if (text !== undefined) found.add(text);
    }
    const tries = get(spec, "max_retries");
    if (typeof tries === "number") found.add(`A request is tried again ${tries} times at most.`);
  }
  walk(get(manifest, "streams"));
  walk(get(manifest, "dynamic_streams"));
  return [...found];
}

const ACTIONS: Readonly<Record<string, string>> = {
  RETRY: "are tried again",
  RATE_LIMITED: "mean that the rate limit is reached: they are tried again after a wait",
  IGNORE: "are passed over",
  FAIL: "end the stream",
};

function waitOf(strategy: Json): string | undefined {
  const number = (name: string): string => String(at(strategy, name) ?? "");
  const header = `\`${number("header")}\``;
  switch (at(strategy, "type")) {
    case "ConstantBackoffStrategy":
      return `Before another try it waits ${number("backoff_time_in_seconds")} s.`;
    case "ExponentialBackoffStrategy":
      return "Before another try it waits, each time twice as long.";
    case "WaitTimeFromHeader":
      return `Before another try it waits as long as the header ${header} says.`;
    case "WaitUntilTimeFromHeader":
      return `Before another try it waits until the time that the header ${header} says.`;
    default:
      return undefined;
  }
}

const count = (limit: Json | undefined): string => `${String(limit)} ${limit === 1 ? "request" : "requests"}`;

/** `PT1M` as people say it. */
function period(text: Json | undefined): string {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(String(text));
  const units = ["day", "hour", "minute", "second"];
  const parts = match?.slice(1).flatMap((number, index) => {
    if (number === undefined) return [];
    return [number === "1" ? `1 ${units[index]!}` : `${number} ${units[index]!}s`];
  });
  return parts === undefined || parts.length === 0 ? String(text) : parts.join(" ");
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((found, key) => (isObject(found) ? get(found, key) : undefined), value);
