/**
 * Reads up to `limit` sources at once and yields what they yield, as it arrives.
 *
 * A source is asked for its next value only once its last one was taken, so a slow consumer slows every source and at
 * most one value a source waits. The first error ends all; so does the consumer when it stops early. A source that
 * `counts` says no to, such as one that only waits, takes no place of the limit.
 */
export function merge<T>(
  sources: AsyncIterable<AsyncIterable<T>>,
  limit: number,
  counts: (source: AsyncIterable<T>) => boolean = () => true,
): AsyncGenerator<T> {
  return run(sources, limit, counts);
}

type Arrival<T> = () => { readonly value: T } | undefined;

async function* run<T>(
  sources: AsyncIterable<AsyncIterable<T>>,
  limit: number,
  counts: (source: AsyncIterable<T>) => boolean,
): AsyncGenerator<T> {
  const outer = sources[Symbol.asyncIterator]();
  const open = new Set<AsyncIterator<unknown>>();
  /** Those of them that take a place. */
  const placed = new Set<AsyncIterator<unknown>>();
  const arrived: Arrival<T>[] = [];
  let outerOpen = true;
  let asking = false;
  let wake = (): void => {};

  const ask = <V>(
    from: AsyncIterator<V>,
    take: (result: IteratorResult<V>) => { readonly value: T } | undefined,
  ): void => {
    from.next().then(
      (result) => {
        arrived.push(() => take(result));
        wake();
      },
      (error: unknown) => {
        arrived.push(() => {
          throw error;
        });
        wake();
      },
    );
  };
  const askOuter = (): void => {
    if (asking || !outerOpen || placed.size >= limit) return;
    asking = true;
    ask(outer, (result) => {
      asking = false;
      if (result.done === true) outerOpen = false;
      else {
        const inner = result.value[Symbol.asyncIterator]();
        open.add(inner);
        if (counts(result.value)) placed.add(inner);
        askInner(inner);
      }
      askOuter();
      return undefined;
    });
  };
  const askInner = (inner: AsyncIterator<T>): void =>
    ask(inner, (result) => {
      if (result.done === true) {
        open.delete(inner);
        placed.delete(inner);
        askOuter();
        return undefined;
      }
      waiting.push(inner);
      return { value: result.value };
    });
  /** Sources whose last value was handed out; they are asked again when the consumer comes back. */
  const waiting: AsyncIterator<T>[] = [];

  try {
    askOuter();
    while (outerOpen || open.size > 0) {
      for (let arrival = arrived.shift(); arrival !== undefined; arrival = arrived.shift()) {
        const item = arrival();
        if (item === undefined) continue;
        yield item.value;
        for (const inner of waiting.splice(0)) askInner(inner);
      }
      if ((outerOpen || open.size > 0) && arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await Promise.allSettled([outer, ...open].map(async (iterator) => iterator.return?.()));
  }
}
