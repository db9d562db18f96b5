/** Does a thing once for all who ask for it while it is being done. */
export type Flight = (work: () => Promise<void>) => Promise<void>;

export function createFlight(): Flight {
  let pending: Promise<void> | undefined;
  return (work) => (pending ??= work().finally(() => (pending = undefined)));
}
