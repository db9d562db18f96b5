import { component, get, isObject, type Component, type Partition } from "ferry-cdk";

/** The quarters of some years. */
export const quarterRouter: Component = component({
  kind: "partitionRouter",
  type: "QuarterRouter",
  schema: (_, z) => z.object({ first_year: z.int(), years: z.int() }),
  create: ({ first_year, years }) => ({
    async *partitions(): AsyncGenerator<Partition> {
      for (let year = first_year; year < first_year + years; year++) {
        for (let quarter = 1; quarter <= 4; quarter++) {
          yield { partition: { year, quarter: `${year}Q${quarter}` }, extra: {} };
        }
      }
    },
    options: () => ({}),
    parents: [],
    state: () => undefined,
  }),
});

/** Counts pages, from 1, until an answer says that none are left. */
export const pagesLeft: Component = component({
  kind: "paginationStrategy",
  type: "PagesLeft",
  schema: (_, z) => z.object({ page_size: z.int() }),
  create: ({ page_size }) => ({
    pageSize: page_size,
    first: 1,
    async next(page, token) {
      const body = await page.response.json();
      const left = isObject(body) ? get(body, "left") : 0;
      return left === 0 ? undefined : Number(token) + 1;
    },
  }),
});
