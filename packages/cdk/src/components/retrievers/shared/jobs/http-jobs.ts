import { systemError } from "../../../../errors.ts";
import type { HttpResponse } from "../../../../http/types.ts";
import type { Batch } from "../../../../json/rows/batch.ts";
import { str } from "../../../../json/python-text.ts";
import type { Json, JsonObject } from "../../../../json/value.ts";
import type { Extractor, Requester, Slice } from "../../../../roles.ts";
import { emptySlice } from "../../../shared/empty-slice.ts";
import { extractedValue, extractedValues } from "../../../shared/extracted-values.ts";
import { answerView, withExtra, type Job, type JobStatus } from "./job.ts";

/** What is done with the jobs of one stream. */
export interface Jobs {
  create(slice: Slice): Promise<Job>;
  poll(job: Job): Promise<JobStatus>;
  /** The records of a job that is done; afterwards it is deleted. */
  records(job: Job): AsyncIterable<Batch>;
  abort(job: Job, signal: AbortSignal): Promise<void>;
}

export interface JobRequests {
  readonly stream: string;
  readonly create: Requester;
  readonly poll: Requester;
  readonly abort: Requester | undefined;
  readonly delete: Requester | undefined;
  /** Asks where the results are; without it the last answer to `poll` says so. */
  readonly targets: Requester | undefined;
  readonly target: Extractor | undefined;
  readonly status: Extractor;
  /** The API's words for the states. */
  readonly statuses: ReadonlyMap<string, JobStatus>;
  readonly download: (slice: Slice) => AsyncIterable<Batch>;
}

/** Jobs of an API that speaks HTTP. */
export function httpJobs(requests: JobRequests): Jobs {
  const { stream } = requests;

  async function ask(what: string, requester: Requester, slice: Slice): Promise<HttpResponse> {
    const outcome = await requester.send({ slice, token: undefined }, []);
    const response = "response" in outcome ? outcome.response : undefined;
    if (response !== undefined && response.status < 400) {
      await response.bytes(); // read more than once
      return response;
    }
    throw systemError(
      `Stream ${stream}: the error handler of the ${what} lets an answer pass that says nothing of the job. Let it fail.`,
      { stream, code: "no-job-answer" },
    );
  }

  async function* targetsOf(job: Job, polled: Json): AsyncIterable<Json> {
    if (requests.target === undefined) {
      yield "";
      return;
    }
    const answer =
      requests.targets === undefined
        ? job.polling!
        : await ask("download_target_requester", requests.targets, withExtra(emptySlice, { polling_response: polled }));
    yield* extractedValues(requests.target, answer);
  }

  const created = ({ slice, creation }: Job, more: JsonObject = {}): Slice =>
    withExtra(slice, { creation_response: creation, ...more });

  return {
    async create(slice) {
      const response = await ask("creation_requester", requests.create, slice);
      return { slice, creation: await answerView(response), polling: undefined };
    },
    async poll(job) {
      const response = await ask("polling_requester", requests.poll, created(job));
      const word = str((await extractedValue(requests.status, response)) ?? null);
      const status = requests.statuses.get(word);
      if (status === undefined) {
        throw systemError(
          `Stream ${stream}: the API says that a job is "${word}", which the status_mapping does not know. ` +
            `It knows ${[...requests.statuses.keys()].join(", ")}.`,
          { stream, code: "unknown-job-status" },
        );
      }
      if (status === "completed") job.polling = response;
      return status;
    },
    async *records(job) {
      const polled = await answerView(job.polling!);
      for await (const target of targetsOf(job, polled)) {
        yield* requests.download(created(job, { download_target: target, polling_response: polled }));
      }
      await requests.delete?.send({ slice: created(job), token: undefined }, []);
    },
    async abort(job, signal) {
      await requests.abort?.send({ slice: created(job), token: undefined, signal }, []);
    },
  };
}
