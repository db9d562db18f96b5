import type { HttpResponse, Send } from "../http/types.ts";
import type { Batch } from "../json/rows/batch.ts";
import type { Extractor, Kind, Roles } from "../roles.ts";
import type { Profile } from "../roles/profile.ts";

/** A component whose work on answers and records is measured. */
export function profiled<K extends Kind>(kind: K, made: Roles[K], profile: Profile): Roles[K] {
  if (typeof made !== "function") return made;
  if (kind === "extractor") return Object.assign(profiledExtractor(made as Extractor, profile), made); // it is one
  if (kind !== "transformation" && kind !== "recordFilter") return made;
  const work = made as (...args: unknown[]) => unknown; // both are
  const measured = (...args: unknown[]): unknown => profile.measure("transformations", () => work(...args));
  return Object.assign(measured, made); // called as the one within
}

/** By answer: what measures who reads its body now. */
const readers = new WeakMap<HttpResponse, { watch: Stopwatch | undefined }>();

/** Answers whose parsing is measured, whoever asks for it first, and waits for their bodies are not. */
export function profiledSend(send: Send, profile: Profile): Send {
  return async (request, options) => {
    const response = await send(request, options);
    const reader: { watch: Stopwatch | undefined } = { watch: undefined };
    let isKept = false;
    const afterBody = async <T>(read: () => Promise<T>): Promise<T> => {
      const watch = reader.watch ?? stopwatch(profile);
      watch.stop();
      if (!isKept) await response.bytes();
      watch.start();
      try {
        return await read();
      } finally {
        if (watch !== reader.watch) watch.stop();
      }
    };
    const measured: HttpResponse = {
      ...response,
      stream: () => outsideOf(reader, response.stream()),
      text: () => afterBody(response.text),
      json: () => afterBody(response.json),
      keep(value) {
        isKept = true;
        response.keep?.(value);
      },
    };
    readers.set(measured, reader);
    return measured;
  };
}

/** Chunks whose reader is not measured while it waits for them. */
async function* outsideOf(
  reader: { readonly watch: Stopwatch | undefined },
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      reader.watch?.stop();
      const next = await chunks.next();
      reader.watch?.start();
      ended = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    if (!ended) await chunks.return?.();
  }
}

/** Counts from the moment that a batch is asked for until it is there, but for waits for the body. */
function profiledExtractor(extract: Extractor, profile: Profile): Extractor {
  return async function* (response, dropped) {
    const watch = stopwatch(profile);
    const reader = readers.get(response);
    if (reader !== undefined) reader.watch = watch;
    const batches = extract(response, dropped)[Symbol.asyncIterator]();
    let ended = false;
    try {
      for (;;) {
        watch.start();
        const next = await batches.next().finally(watch.stop);
        ended = next.done === true;
        if (next.done === true) return;
        yield parsedLater(next.value, profile);
      }
    } finally {
      if (reader !== undefined) reader.watch = undefined;
      if (!ended) await batches.return?.();
    }
  };
}

interface Stopwatch {
  start(): void;
  stop(): void;
}

function stopwatch(profile: Profile): Stopwatch {
  let end: (() => void) | undefined;
  return {
    start: () => void (end ??= profile.begin("decoding")),
    stop() {
      end?.();
      end = undefined;
    },
  };
}

/** Rows that are still bytes are parsed when someone looks at them. */
function parsedLater(batch: Batch, profile: Profile): Batch {
  if (batch.places === undefined) return batch;
  return {
    ...batch,
    value: (index) => profile.measure("decoding", () => batch.value(index)),
    field: (index, name) => profile.measure("decoding", () => batch.field(index, name)),
  };
}
