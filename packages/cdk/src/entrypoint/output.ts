import { printJson } from "../json/print.ts";
import type { Batch } from "../json/rows/batch.ts";
import { createRowPrinter } from "../json/rows/print.ts";
import type { Message, RecordBatch } from "../protocol/message.ts";
import { countRecords } from "./count-records.ts";
import { maskMessage } from "./mask-message.ts";
import type { Sink } from "./sink.ts";

/** The only writer of stdout: a message a line, gathered into large writes. */
export interface Output {
  message(this: void, message: Message): void;
  records(batch: RecordBatch): void;
  /** Settles when the reader has caught up, undefined when it has: whoever makes messages without end waits for it. */
  behind(): Promise<void> | undefined;
  /** Settles when all is written, or nobody reads any more. */
  end(): Promise<void>;
}

export interface OutputOptions {
  readonly sink: Sink;
  readonly mask: (text: string) => string;
}

export function createOutput({ sink, mask }: OutputOptions): Output {
  const counts = countRecords();
  const printer = createRowPrinter((bytes) => sink.write(bytes));
  let scheduled = false;

  /** What was printed goes out when the event loop turns, or the buffer is full. */
  function flushSoon(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      printer.flush();
    });
  }

  /** Rows whose messages say more than the row: its file, or what was changed of it. */
  function printWithExtras(batch: Batch, head: string, tail: string): void {
    for (let i = 0; i < batch.length; i++) {
      const file = batch.fileReference?.(i);
      const meta = batch.meta?.(i);
      const extras =
        (meta === undefined ? "" : `,"meta":${printJson(meta)}`) +
        (file === undefined ? "" : `,"file_reference":${printJson(file)}`);
      printer.text(`${head}${batch.text(i)}${extras}${tail}`);
    }
  }

  return {
    message(message) {
      printer.text(`${printJson(counts.message(maskMessage(message, mask)))}\n`);
      if (message.type === "CONTROL")
        printer.flush(); // the new token must be safe before it is used
      else flushSoon();
    },
    records(item) {
      counts.records(item);
      const { stream, namespace, batch } = item;
      const place = namespace === undefined ? "" : `"namespace":${JSON.stringify(namespace)},`;
      const head = `{"type":"RECORD","record":{${place}"stream":${JSON.stringify(stream)},"data":`;
      const tail = `,"emitted_at":${Date.now()}}}\n`;
      if (batch.fileReference === undefined && batch.meta === undefined) printer.rows(batch, head, tail);
      else printWithExtras(batch, head, tail);
      flushSoon();
    },
    behind: () => sink.behind(),
    async end() {
      printer.flush();
      await sink.end();
    },
  };
}
