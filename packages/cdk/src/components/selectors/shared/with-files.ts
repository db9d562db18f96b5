import type { Batch } from "../../../json/rows/batch.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import { isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { FileUploader, Slice } from "../../../roles.ts";

/** The rows with their files, which are downloaded one after the other. */
export async function withFiles(batch: Batch, upload: FileUploader, slice: Slice): Promise<Batch> {
  const rows: Json[] = [];
  const files: (JsonObject | undefined)[] = [];
  for (let i = 0; i < batch.length; i++) {
    const row = batch.value(i);
    const file = isObject(row) ? await upload(row, slice) : undefined;
    rows.push(row);
    files.push(
      file && {
        staging_file_url: file.stagingFileUrl,
        source_file_relative_path: file.sourceFileRelativePath,
        file_size_bytes: file.fileSizeBytes,
      },
    );
  }
  return { ...valueRows(rows), fileReference: (i) => files[i] };
}
