/** So many items; what makes them is not asked for more. */
export async function* firstItems<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    if (++taken >= count) return;
  }
}
