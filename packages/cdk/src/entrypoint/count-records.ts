import { Float } from "../json/value.ts";
import type { Message, RecordBatch } from "../protocol/message.ts";

/** Sets in each STATE how many records went out since the one before: of its stream, or of all for one that is global. */
export interface RecordCounts {
  records(batch: RecordBatch): void;
  message(message: Message): Message;
}

export function countRecords(): RecordCounts {
  const counts = new Map<string, number>();
  const key = (stream: string, namespace: string | undefined): string => `${namespace ?? ""}\n${stream}`;
  const count = (stream: string, namespace: string | undefined, more: number): void => {
    const name = key(stream, namespace);
    counts.set(name, (counts.get(name) ?? 0) + more);
  };
  const take = (): number => {
    let sum = 0;
    for (const found of counts.values()) sum += found;
    counts.clear();
    return sum;
  };
  return {
    records: ({ stream, namespace, batch }) => count(stream, namespace, batch.length),
    message(message) {
      if (message.type === "RECORD") count(message.record.stream, message.record.namespace, 1);
      if (message.type !== "STATE") return message;
      const { stream, sourceStats } = message.state;
      let recordCount: number;
      if (stream !== undefined) {
        const name = key(stream.stream_descriptor.name, stream.stream_descriptor.namespace);
        recordCount = counts.get(name) ?? 0;
        counts.set(name, 0);
      } else recordCount = take();
      return {
        ...message,
        state: { ...message.state, sourceStats: { ...sourceStats, recordCount: new Float(recordCount) } },
      };
    },
  };
}
