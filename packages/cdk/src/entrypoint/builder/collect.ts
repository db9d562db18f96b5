import { createFormatInference } from "../../datetime/infer-formats.ts";
import { createBuilderSchema } from "../../json-schema/builder-schema.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import type { Slice, Stream } from "../../roles.ts";
import type { TestAnswer } from "../../roles/test-run.ts";
import { countRecords } from "../count-records.ts";
import { auxiliaryRequest, isAboutJob, isPage } from "./auxiliary-request.ts";
import { describeExchange, masked, type Exchange } from "./http-message.ts";
import { stateMessage } from "./state-message.ts";

export interface Collector {
  slice(slice: Slice): void;
  answered(answer: TestAnswer): Promise<void>;
  records(stream: Stream, batch: Batch): void;
  message(message: Message): void;
  warn(message: string): void;
  /** What was read of a stream, undefined where there is none of the name. */
  result(stream: Stream | undefined): JsonObject;
}

interface Page {
  readonly records: readonly Json[];
  readonly exchange: Exchange | undefined;
}

export interface TestLimits {
  readonly maxRecords: number;
  readonly maxPages: number;
  readonly maxSlices: number;
}

/**
 * Sorts what happens while a stream is read, in this order, into slices and pages. A slice without an answer is not listed;
 * records that came before the first page count to it.
 */
export function createCollector(name: string, limits: TestLimits, mask: (text: string) => string): Collector {
  const counts = countRecords();
  const logs: JsonObject[] = [];
  const warnings: JsonObject[] = [];
  const auxiliary: JsonObject[] = [];
  /** As in the reference each slice lists those of all. */
  const aboutJobs: JsonObject[] = [];
  const slices: { readonly pages: readonly Page[]; readonly rest: JsonObject }[] = [];
  const schema = createLazySchema();
  const formats = createFormatInference();
  let descriptor: Json = null;
  let pages: Page[] = [];
  let page: Exchange | undefined;
  let records: Json[] = [];
  let state: JsonObject | undefined;
  let config: JsonObject | undefined;
  let recordCount = 0;

  function endPage(): void {
    if (page === undefined && records.length === 0) return;
    pages.push({ records, exchange: page });
    page = undefined;
    records = [];
  }

  function endSlice(): void {
    endPage();
    if (pages.length === 0) return;
    const auxiliary_requests = aboutJobs.length === 0 ? [] : aboutJobs;
    const rest = { slice_descriptor: descriptor, state: state === undefined ? [] : [state], auxiliary_requests };
    slices.push({ pages, rest });
    pages = [];
  }

  const log = (level: string, message: string, internal?: string, stacktrace?: string): JsonObject => ({
    message,
    level,
    internal_message: internal ?? null,
    stacktrace: stacktrace ?? null,
  });

  return {
    slice(slice) {
      if (page !== undefined || pages.length > 0) endSlice();
      descriptor = describeSlice(slice);
    },
    async answered(answer) {
      const counted = isPage(answer);
      if (counted && answer.stream !== name) return; // e.g. of what dynamic streams are made from
      const exchange = await describeExchange(answer.response);
      if (!counted) (isAboutJob(answer) ? aboutJobs : auxiliary).push(auxiliaryRequest(answer, exchange));
      else {
        if (page !== undefined) endPage();
        page = exchange;
      }
    },
    records(stream, batch) {
      counts.records({ stream: stream.name, batch });
      recordCount += batch.length;
      for (let i = 0; i < batch.length; i++) {
        const record = batch.value(i);
        records.push(record);
        if (!isObject(record)) continue;
        schema.of(stream).add(record);
        formats.add(record);
      }
    },
    message(message) {
      if (message.type === "STATE") state = stateMessage(counts.message(message));
      else if (message.type === "LOG") logs.push(log(message.log.level, message.log.message));
      else if (message.type === "CONTROL") config = message.control.connectorConfig?.config ?? config;
      else if (message.type === "TRACE" && message.trace.error !== undefined) {
        const { message: text, internal_message, stack_trace } = message.trace.error;
        logs.push(log("ERROR", text, internal_message, stack_trace));
      }
    },
    warn: (message) => void warnings.push(log("WARN", message)),
    result(stream) {
      endSlice();
      // Masked at the end: some secrets, such as a fresh token, are known only then.
      const hide = (value: Json): Json => masked(value, mask);
      const inferred = stream && schema.of(stream).schema();
      const problems = (inferred?.problems ?? []).map((problem) => log("ERROR", problem));
      return {
        logs: hide([...logs, ...warnings, ...problems]),
        slices: slices.map(({ pages: own, rest }) => ({
          pages: own.map(({ records: read, exchange }) => ({
            records: read,
            request: hide(exchange?.request ?? null),
            response: hide(exchange?.response ?? null),
          })),
          ...rest,
          auxiliary_requests: hide(rest["auxiliary_requests"] ?? []),
        })),
        test_read_limit_reached:
          slices.length >= limits.maxSlices ||
          slices.some(({ pages: own }) => own.length >= limits.maxPages) ||
          recordCount >= limits.maxRecords,
        auxiliary_requests: hide(auxiliary),
        inferred_schema: inferred?.schema ?? null,
        inferred_datetime_formats: formats.formats(),
        latest_config_update: config === undefined ? null : withoutReserved(config),
      };
    },
  };
}

/** The schema of the records of one stream, whose keys are known once it is built. */
function createLazySchema(): { of(stream: Stream): ReturnType<typeof createBuilderSchema> } {
  let made: ReturnType<typeof createBuilderSchema> | undefined;
  return {
    of: ({ primaryKey, cursorField }) =>
      (made ??= createBuilderSchema([...primaryKey, ...(cursorField === undefined ? [] : [[cursorField]])])),
  };
}

/** As in the reference an empty slice is a text. */
function describeSlice({ partition, interval }: Slice): Json {
  const members = fromEntries([...entries(partition), ...entries(interval)]);
  return keys(members).length === 0 ? printJson(members) : members;
}

function withoutReserved(config: JsonObject): JsonObject {
  return fromEntries(entries(config).filter(([name]) => !name.startsWith("__")));
}
