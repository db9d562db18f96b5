import type { Batch } from "../../../json/rows/batch.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import { isObject, type JsonObject } from "../../../json/value.ts";
import type { FileUploader, Slice } from "../../../roles.ts";

/** The rows, each sent as soon as its file is there: the platform takes files away as it sees their records. */
export async function* withFiles(batch: Batch, upload: FileUploader, slice: Slice): AsyncGenerator<Batch> {
  for (let i = 0; i < batch.length; i++) {
    const row = batch.value(i);
    const file = isObject(row) ? await upload(row, slice) : undefined;
    const reference: JsonObject | undefined = file && {
      staging_file_url: file.stagingFileUrl,
      source_file_relative_path: file.sourceFileRelativePath,
      file_size_bytes: file.fileSizeBytes,
    };
    const rows = valueRows([row]);
    yield reference === undefined ? rows : { ...rows, fileReference: () => reference };
  }
}
