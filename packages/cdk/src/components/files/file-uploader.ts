import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { isHttpFailure } from "../../http/failure.ts";
import { sleep } from "../../http/sleep.ts";
import type { HttpResponse } from "../../http/types.ts";
import { recordView, sliceView } from "../../interpolation/views.ts";
import { printJson } from "../../json/print.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Extractor, FileUploader, Requester } from "../../roles.ts";
import { emptySlice } from "../shared/empty-slice.ts";
import { extractedValue } from "../shared/extracted-values.ts";
import { ref } from "../shared/refs.ts";
import { valueResponse } from "../shared/value-response.ts";
import { nameFile, stageFile } from "./shared/stage-file.ts";
import { stagingFolder } from "./shared/staging-folder.ts";

/** How often a download is begun whose connection breaks after the first bytes were written. */
const TRIES = 5;

/** Downloads the file of each record into the folder from which the platform takes it. */
export const fileUploader: Component<"fileUploader"> = component({
  kind: "fileUploader",
  type: "FileUploader",
  description: "Downloads the file that each record names, for destinations that take files.",
  schema: (slot, z) =>
    z.object({
      requester: slot("requester").describe("How a file is asked for; its templates see `download_target`."),
      download_target_extractor: slot("extractor", [
        "DpathExtractor",
        "CustomRecordExtractor",
        "CombinedExtractor",
      ]).describe("Where a record names the file: looks into the record, not into an answer."),
      file_extractor: slot("extractor", ["DpathExtractor", "CustomRecordExtractor"])
        .optional()
        .describe("Has no effect: the whole body is the file."),
      filename_extractor: z
        .string()
        .optional()
        .describe(
          "The file's path below the folder of the stream; a random name when left out. May see: config, parameters, record.",
        ),
    }),
  create(spec, scope): FileUploader {
    const decoder = scope.build(ref("decoder", { type: "JsonDecoder" }));
    const within = { decoder, raw: false, providers: [] };
    const requester = scope.build(spec.requester, within);
    const extract = scope.build(spec.download_target_extractor, within);
    const named = spec.filename_extractor ? scope.text(spec.filename_extractor) : undefined;
    const stream = scope.stream.name;
    const isTest = scope.run.test !== undefined;
    const folder = scope.run.shared("staging folder", stagingFolder);
    return async (record, slice) => {
      const target = await targetOf(record, extract, stream);
      const name = named?.({ record: () => recordView(record, stream, sliceView(slice)) });
      for (let tries = 1; ; tries++) {
        const response = await download(requester, target);
        if (response === undefined) return undefined;
        if (isTest) {
          await response.discard();
          return nameFile(await folder, record, stream, name);
        }
        try {
          return await stageFile(await folder, stream, name, response.stream());
        } catch (error) {
          // The answer's head was there, so the requester's own retries are over: the file is begun anew.
          if (!isHttpFailure(error) || tries === TRIES) throw error;
          scope.run.log("INFO", `Stream ${stream}: ${error.message} The download is begun again.`);
          await sleep(2 ** (tries - 1), scope.run.signal);
        }
      }
    };
  },
});

async function targetOf(record: JsonObject, extract: Extractor, stream: string): Promise<string> {
  const target = await extractedValue(extract, valueResponse(record));
  if (typeof target === "string") return target;
  const found = target === undefined ? "nothing" : printJson(target);
  throw systemError(
    `Stream ${stream}: the file uploader's download_target_extractor finds ${found} in a record where the file's place, ` +
      `a text, has to be. Let its field_path lead there, or leave such records out by a record_filter.`,
    { stream, code: "no-download-target" },
  );
}

/** The answer that holds the file; undefined where the error handler ignores that there is none: the record goes alone. */
async function download(requester: Requester, target: string): Promise<HttpResponse | undefined> {
  const context = { slice: { ...emptySlice, extra: { download_target: target } }, token: undefined };
  const outcome = await requester.send(context, []);
  if (!("response" in outcome)) {
    throw systemError(`The error handler of a file_uploader cannot ask for ${outcome.action}: a file has no pages.`);
  }
  const { response } = outcome;
  if (response === undefined || response.status < 400) return response;
  await response.discard();
  return undefined;
}
