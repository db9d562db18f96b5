import { isConnectorError } from "../errors.ts";
import type { HttpFailure, HttpRequest, HttpResponse } from "../http/types.ts";
import type { Context } from "../interpolation/template.ts";
import { deepCopy, deepCopyObject } from "../json/deep-copy.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";
import { printJson } from "../json/print.ts";
import type { Page, RequestContext, Roles } from "../roles.ts";

/** What each kind is tried with. */
interface Examples {
  authenticator: HttpRequest;
  backoffStrategy: HttpResponse | HttpFailure;
  configTransformation: JsonObject;
  decoder: () => HttpResponse;
  errorHandler: HttpResponse | HttpFailure;
  extractor: () => HttpResponse;
  paginationStrategy: { readonly page: Page; readonly token: Json | undefined };
  partitionRouter: RequestContext;
  recordFilter: Json;
  retriever: RequestContext["slice"];
  schemaLoader: undefined;
  stateMigration: JsonObject;
  transformation: JsonObject;
  validationStrategy: Json;
}

/**
 * The kinds that have a contract which holds for all of them.
 * @experimental
 */
export type ContractKind = keyof Examples;

/**
 * Holds a component to what its kind promises whatever it does, on examples of the connector's own: that it asks the same
 * of the same input, keeps nothing between calls that it should not, and leaves alone what is not its own.
 * @throws an error that says what is broken, and on which example
 * @experimental
 */
export async function checkContract<K extends ContractKind>(
  kind: K,
  role: Roles[K],
  examples: readonly Examples[K][],
): Promise<void> {
  if (examples.length === 0) throw new Error("A contract is checked on examples: give one at least.");
  for (const [index, example] of examples.entries()) {
    try {
      await contracts[kind](role, example);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The ${kind} breaks its contract on example ${index}: ${reason}`, { cause: error });
    }
  }
}

const contracts: { readonly [K in ContractKind]: (role: Roles[K], example: Examples[K]) => Promise<void> } = {
  async authenticator({ apply }, request) {
    const before = printed(request.headers);
    const [first, second] = [await apply(request), await apply(request)];
    same(before, printed(request.headers), "it changes the request that it is given; give a new one");
    same(request.method, first.method, "it changes the method");
    same(
      Object.keys(first.headers).sort().join(),
      Object.keys(second.headers).sort().join(),
      "a second try has other headers",
    );
  },
  async backoffStrategy(strategy, outcome) {
    for (let attempt = 1; attempt <= 5; attempt++) {
      const seconds = await strategy(outcome, attempt);
      must(seconds === undefined || (seconds >= 0 && seconds < Infinity), `it waits ${String(seconds)} seconds`);
    }
  },
  async configTransformation(transform, config) {
    const [first, second] = [deepCopyObject(config), deepCopyObject(config)];
    transform(first);
    transform(second);
    same(printed(first), printed(second), "it makes two things of one config");
  },
  async decoder(decoder, response) {
    same(
      await valuesOf(decoder.decode(response())),
      await valuesOf(decoder.decode(response())),
      "it reads one body in two ways",
    );
  },
  async errorHandler({ interpret, maxRetries, backoffs }, outcome) {
    must(maxRetries === undefined || maxRetries >= 0, "it has a negative number of retries");
    must(Array.isArray(backoffs), "its backoffs are no list");
    same(printed(await interpret(outcome)), printed(await interpret(outcome)), "it judges one answer in two ways");
  },
  async extractor(extract, response) {
    const [first, second] = [await recordsOf(extract(response())), await recordsOf(extract(response()))];
    same(first, second, "it finds other records in the same answer");
  },
  async paginationStrategy({ next, first, pageSize }, { page, token }) {
    must(pageSize === undefined || pageSize > 0, `its page size is ${String(pageSize)}`);
    must(first !== null, "its first token is null: leave it undefined");
    const tokens = [await next(page, token), await next(page, token)];
    same(
      printed(tokens[0]),
      printed(tokens[1]),
      "it gives another token for the same page: the page loop keeps the token, not it",
    );
  },
  async partitionRouter(router, context) {
    const list = async (): Promise<string> => {
      const all: Json[] = [];
      for await (const { partition, extra } of router.partitions()) {
        must(isObject(partition) && isObject(extra), "a partition is no object");
        all.push(partition);
      }
      return printed(all);
    };
    same(await list(), await list(), "it gives other partitions the second time");
    same(
      printed(router.options(context)),
      printed(router.options(context)),
      "it adds something else to the same request",
    );
  },
  async recordFilter(filter, record) {
    const given = deepCopy(record);
    const verdict: unknown = filter(given, NOTHING);
    must(typeof verdict === "boolean", `it gives ${String(verdict)}, neither true nor false`);
    same(printed(record), printed(given), "it changes the record");
  },
  async retriever(retriever, slice) {
    same(
      await recordsOf(retriever.read(slice)),
      await recordsOf(retriever.read(slice)),
      "it reads other records of the same slice",
    );
  },
  async schemaLoader(load) {
    const schema = await load();
    must(isObject(schema), "a schema is an object");
    same(printed(schema), printed(await load()), "it gives another schema the second time");
  },
  async stateMigration(migrate, state) {
    const given = deepCopyObject(state);
    const migrated = migrate(given);
    same(printed(state), printed(given), "it changes the state that it is given; give a new one");
    same(printed(migrated), printed(migrate(deepCopyObject(migrated))), "it changes a state that was migrated before");
  },
  async transformation(transform, record) {
    const [first, second] = [deepCopyObject(record), deepCopyObject(record)];
    const [one, two] = [transform(first, NOTHING) ?? first, transform(second, NOTHING) ?? second];
    must(isObject(one), "what it gives is no object");
    same(printed(one), printed(two), "it makes two things of one record");
  },
  async validationStrategy(validate, value) {
    await validate(value).catch((error: unknown) => {
      must(isConnectorError(error), "what it throws is no config error: use configError, with a message for the user");
    });
  },
};

const NOTHING: Context = {};

function must(holds: boolean, problem: string): void {
  if (!holds) throw new Error(problem);
}
function same(a: string, b: string, problem: string): void {
  if (a !== b) throw new Error(`${problem}: ${a}, then ${b}`);
}
const printed = (value: unknown): string => (value === undefined ? "nothing" : printJson(value as Json)); // of roles: JSON

async function valuesOf(values: AsyncIterable<readonly Json[]>): Promise<string> {
  const all: Json[] = [];
  for await (const some of values) all.push(...some);
  return printed(all);
}

async function recordsOf(batches: ReturnType<Roles["extractor"]>): Promise<string> {
  const all: string[] = [];
  for await (const batch of batches) for (let index = 0; index < batch.length; index++) all.push(batch.text(index));
  return all.join("\n");
}
