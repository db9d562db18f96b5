import { component, type Component, type Ref, type Scope, type StreamScope } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { get, isList, isObject, type Json } from "../../json/value.ts";
import { errorTrace } from "../../protocol/error-trace.ts";
import type { Retriever, Slice } from "../../roles.ts";
import type { RequestPurpose } from "../../roles/test-run.ts";
import { ref } from "../shared/refs.ts";
import { httpJobs } from "./shared/jobs/http-jobs.ts";
import type { Job, JobStatus } from "./shared/jobs/job.ts";
import { createJobSlots } from "./shared/jobs/job-slots.ts";
import { finishedJobs } from "./shared/jobs/run-jobs.ts";
import { readPages, type PageLoop } from "./shared/page-loop.ts";
import { resetOnce } from "./shared/reset-once.ts";
import { rowsAreReadThroughResponse } from "./shared/response-reads.ts";

export const asyncRetriever: Component<"retriever"> = component({
  kind: "retriever",
  type: "AsyncRetriever",
  description:
    "Reads records from reports that the API prepares on request: a job is created, asked after until it is done, and its result downloaded.",
  schema: (slot, z) => {
    const extractor = slot("extractor", ["DpathExtractor", "CustomRecordExtractor", "CombinedExtractor"]);
    const router = slot("partitionRouter");
    const count = z.union([z.int(), z.string()]);
    return z.object({
      record_selector: slot("recordSelector").describe(
        "What becomes of the downloaded records; its extractor has no effect.",
      ),
      status_mapping: slot("piece", ["AsyncJobStatusMap"]).describe(
        "What the API's words for the state of a job mean.",
      ),
      status_extractor: extractor.describe("Where the answer to a poll says how the job stands."),
      creation_requester: slot("requester").describe("How a job is created, one for each slice."),
      polling_requester: slot("requester").describe(
        "How the API is asked for the state of a job. Its templates see `creation_response`.",
      ),
      polling_job_timeout: count
        .optional()
        .describe("After how many minutes a job is given up; 60 when left out. May see: config."),
      failed_retry_wait_time_in_seconds: z
        .union([z.int().min(1), z.string()])
        .optional()
        .describe("How long to wait before a job that the API says failed is created again. May see: config."),
      download_target_requester: slot("requester")
        .optional()
        .describe("How the API is asked where the results are. Its templates see `polling_response`."),
      download_target_extractor: extractor
        .optional()
        .describe("Where the places of the results are in that answer, or in the last answer to a poll."),
      download_requester: slot("requester").describe(
        "How a result is downloaded. Its templates see `download_target`, `creation_response` and `polling_response`.",
      ),
      download_extractor: slot("extractor", [
        "DpathExtractor",
        "CustomRecordExtractor",
        "ResponseToFileExtractor",
        "CombinedExtractor",
      ])
        .optional()
        .describe("Where the records are in a result; all of it when left out."),
      download_paginator: slot("paginator").optional().describe("How the next page of a result is asked for."),
      abort_requester: slot("requester")
        .optional()
        .describe("How a job is aborted that nobody waits for any more. Its templates see `creation_response`."),
      delete_requester: slot("requester")
        .optional()
        .describe("How a job is deleted once its records are read. Its templates see `creation_response`."),
      partition_router: z
        .union([router, z.array(router)])
        .default([])
        .describe("Into which partitions the stream is split; a list makes their cartesian product."),
      decoder: slot("decoder").optional().describe("How the answers about jobs are read; JSON when left out."),
      download_decoder: slot("decoder").optional().describe("How results are read; JSON when left out."),
    });
  },
  create(spec, scope): Retriever {
    const { name } = scope.stream;
    if (spec.download_target_requester !== undefined && spec.download_target_extractor === undefined) {
      throw systemError(
        `Stream ${name}: the AsyncRetriever has a download_target_requester, but no download_target_extractor that finds ` +
          `the places of the results in its answer. Add one.`,
        { stream: name },
      );
    }
    const json = ref("decoder", { type: "JsonDecoder" });
    const about = { decoder: scope.build(spec.decoder ?? json), raw: false, providers: [] };
    const optional = <K extends "requester" | "extractor">(child: Ref<K> | undefined, purpose?: RequestPurpose) =>
      child && scope.build(child, { ...about, purpose });
    const { selector, download } = downloads(spec, scope, scope.build(spec.download_decoder ?? json));
    const jobs = httpJobs({
      stream: name,
      create: scope.build(spec.creation_requester, { ...about, purpose: "job-create" }),
      poll: scope.build(spec.polling_requester, { ...about, purpose: "job-poll" }),
      abort: optional(spec.abort_requester, "job-abort"),
      delete: optional(spec.delete_requester, "job-delete"),
      targets: optional(spec.download_target_requester),
      target: optional(spec.download_target_extractor),
      status: scope.build(spec.status_extractor, about),
      statuses: statusesOf(name, get(scope.self, "status_mapping")),
      download,
    });
    const slots = scope.run.shared("job slots", () => createJobSlots(scope.run.jobLimit));
    const usual = scope.run.test === undefined ? 60 : 15;
    const timeout = 60 * (wholeNumber("polling_job_timeout", spec.polling_job_timeout, scope) ?? usual);
    const failedWait = wholeNumber("failed_retry_wait_time_in_seconds", spec.failed_retry_wait_time_in_seconds, scope);
    if (failedWait !== undefined && failedWait < 1) {
      throw systemError(`Stream ${name}: failed_retry_wait_time_in_seconds is ${failedWait}. State 1 or more.`);
    }
    const { log, emit, signal } = scope.run;
    const jobOf = new WeakMap<Slice, Job>();

    async function* ready(slices: AsyncIterable<Slice>): AsyncGenerator<Slice> {
      // As in the reference the trace names no stream: the next attempt may bring all of it.
      const report = (error: unknown): void => emit(errorTrace(error, null));
      for await (const job of finishedJobs(slices, {
        stream: name,
        jobs,
        slots,
        timeout,
        failedWait,
        attempts: scope.run.test === undefined ? undefined : 1,
        signal,
        log,
        report,
      })) {
        jobOf.set(job.slice, job);
        yield job.slice;
      }
    }

    async function* read(slice: Slice): AsyncGenerator<Batch> {
      const job = jobOf.get(slice);
      jobOf.delete(slice);
      if (job !== undefined) yield* selector.refine(jobs.records(job), { slice, token: undefined });
      // Whoever reads without slices, such as a schema loader, waits for the job here.
      else for await (const made of ready(one(slice))) yield* read(made);
    }
    return { ready, read };
  },
});

interface DownloadSpec {
  readonly record_selector: Ref<"recordSelector">;
  readonly download_requester: Ref<"requester">;
  readonly download_extractor?: Ref<"extractor"> | undefined;
  readonly download_paginator?: Ref<"paginator"> | undefined;
}

/** Two selectors: one finds the records of a page, and the paginator counts those; the other is the manifest's. */
function downloads(spec: DownloadSpec, scope: Scope, decoder: StreamScope["decoder"]) {
  const { name } = scope.stream;
  const extractor = spec.download_extractor
    ? { ...scope.spec(spec.download_extractor), type: spec.download_extractor.type }
    : { type: "DpathExtractor", field_path: [] };
  const paginator = spec.download_paginator ?? ref("paginator", { type: "NoPagination" });
  const plain = { type: "RecordSelector", extractor };
  const within: Partial<StreamScope> = {
    decoder,
    providers: [],
    // As in the reference: a job brings what it brings, and the cursor only keeps its state.
    dataFeed: false,
    clientSideIncremental: false,
    raw: !rowsAreReadThroughResponse(plain, [scope.spec(paginator), scope.spec(spec.download_requester)]),
  };
  const bare = { ...within, transformations: [], schema: undefined, fileUploader: undefined };
  const loop: PageLoop = {
    stream: name,
    requester: scope.build(spec.download_requester, { ...within, purpose: "records" }),
    paginator: scope.build(paginator, within),
    selector: scope.build(ref("recordSelector", plain), bare),
    given: undefined,
    providers: [],
    providersOnFirstPageOnly: false,
    splits: false,
    reduction: undefined,
    tracker: () => resetOnce(name),
    properties: undefined,
    observe: scope.run.observe,
    limits: scope.run.limits,
    log: scope.run.log,
  };
  return {
    selector: scope.build(spec.record_selector, within),
    download: (slice: Slice) => readPages(loop, slice),
  };
}

/** The mapping is read as data: a manifest need not state its type. */
function statusesOf(stream: string, mapping: Json | undefined): ReadonlyMap<string, JobStatus> {
  const statuses = new Map<string, JobStatus>();
  for (const status of ["running", "completed", "failed", "timeout", "skipped"] as const) {
    const words = mapping !== undefined && isObject(mapping) ? (get(mapping, status) ?? []) : [];
    for (const word of isList(words) ? words.map(String) : []) {
      const other = statuses.get(word);
      if (other !== undefined) {
        throw systemError(
          `Stream ${stream}: status_mapping says that "${word}" is both ${other} and ${status}. Keep one.`,
        );
      }
      statuses.set(word, status);
    }
  }
  return statuses;
}

function wholeNumber(field: string, given: number | string | undefined, scope: Scope): number | undefined {
  if (given === undefined || given === 0 || given === "") return undefined;
  const value = typeof given === "number" ? given : Number(scope.text(given)({}));
  if (Number.isInteger(value)) return value;
  const text = typeof given === "string" ? scope.text(given)({}) : String(given);
  throw systemError(`Stream ${scope.stream.name}: ${field} comes to "${text}", which is no whole number.`);
}

async function* one(slice: Slice): AsyncGenerator<Slice> {
  yield slice;
}
