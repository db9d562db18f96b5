import {
  json,
  startServer,
  status,
  type ReceivedRequest,
  type Reply,
  type TestServer,
} from "../../src/testing/index.ts";

type Row = Readonly<Record<string, unknown>>;

interface Shop {
  readonly customers: readonly (Row & { readonly id: number })[];
  readonly addresses: (customer: number) => readonly Row[];
  readonly orders: readonly (Row & { readonly id: number; readonly updated_at: string })[];
  readonly lines: (order: number) => readonly (Row & { readonly id: number })[];
  readonly discounts: (line: number) => readonly Row[];
  readonly categories: readonly Row[];
  readonly products: readonly Row[];
  readonly events: readonly (Row & { readonly id: string })[];
  readonly warehouses: (region: string) => readonly Row[];
}

/** What the shop of `shop.openapi.yaml` holds. */
export const shop: Shop = {
  customers: [1, 2, 3].map((id) => ({
    id,
    email: `c${id}@example.com`,
    name: id === 2 ? null : `C ${id}`,
    tags: ["a"],
  })),
  addresses: (customer) =>
    customer === 3 ? [] : [{ id: `00000000-0000-4000-8000-00000000000${customer}`, street: "Main", country: "CH" }],
  orders: [1, 2, 3, 4, 5].map((id) => ({
    id,
    status: id < 3 ? "paid" : "open",
    total: id * 1.5,
    customer_id: 1,
    payment: id === 1 ? { kind: "card", last4: "4242" } : { kind: "transfer", iban: "CH00" },
    created_at: `2025-02-0${id}T08:00:00Z`,
    updated_at: `2025-03-0${id}T08:00:00Z`,
  })),
  lines: (order) =>
    Array.from({ length: order }, (_, index) => ({ id: order * 10 + index, sku: `s${index}`, quantity: 1 })),
  discounts: (line) => (line % 10 === 0 ? [{ code: `D${line}`, percent: 2.5 }] : []),
  categories: [
    { slug: "food", children: [{ slug: "bread", children: [] }] },
    { slug: "drink", children: [] },
  ],
  products: ["p1", "p2", "p3", "p4"].map((id) => ({ product_id: id, price: "1.20", released: null })),
  events: ["e1", "e2", "e3", "e4", "e5"].map((id, index) => ({ id, type: "sale", created: 1740000000 + index })),
  warehouses: (region) => ["a", "b", "c"].map((id) => ({ id: `${region}-${id}`, city: "X" })),
};

export const shopToken = "shop-secret-1";

/** The API that the description promises: it wants the token, and gives two records a page. */
export function startShop(): Promise<TestServer> {
  return startServer((request) => {
    if (request.headers["authorization"] !== `Bearer ${shopToken}`) return status(401);
    return answer(request, request.path.split("/").slice(2).map(decodeURIComponent)) ?? status(404);
  });
}

function answer(
  { query, path, headers }: ReceivedRequest,
  [list, id, below, line]: readonly string[],
): Reply | undefined {
  const host = `http://${headers["host"]!}`;
  const page = (rows: readonly Row[], from: number): readonly Row[] => rows.slice(from, from + 2);
  switch ([list, below, line === undefined ? undefined : "of"].filter((part) => part !== undefined).join("/")) {
    case "customers": {
      const from = Number(query.get("cursor")?.slice(1) ?? 0);
      return json({ data: page(shop.customers, from), next_cursor: from + 2 < 3 ? `c${from + 2}` : null });
    }
    case "customers/addresses":
      return json(shop.addresses(Number(id)));
    case "orders": {
      const found = shop.orders.filter((order) => order.updated_at >= (query.get("updated_since") ?? ""));
      const size = Math.min(2, Number(query.get("per_page") ?? 20));
      return json({ orders: page(found, (Number(query.get("page") ?? 1) - 1) * size), total: found.length });
    }
    case "orders/lines": {
      const lines = shop.lines(Number(id));
      return json({ results: page(lines, Number(query.get("offset") ?? 0)), count: lines.length });
    }
    case "orders/lines/of":
      return json({ items: shop.discounts(Number(line)) });
    case "categories":
      return json(shop.categories);
    case "products": {
      const from = Number(query.get("from") ?? 0);
      const next = from + 2 < shop.products.length ? `${host}${path}?from=${from + 2}` : null;
      return json({ value: page(shop.products, from), links: { next } });
    }
    case "events": {
      const from = shop.events.findIndex((event) => event.id === query.get("starting_after")) + 1;
      return json({ object: "list", has_more: from + 2 < shop.events.length, data: page(shop.events, from) });
    }
    case "regions/warehouses": {
      const from = Number(query.get("from") ?? 0);
      const link = `<${host}${path}?from=${from + 2}>; rel="next"`;
      return json(page(shop.warehouses(id!), from), from + 2 < 3 ? { headers: { link } } : {});
    }
    default:
      return undefined;
  }
}
