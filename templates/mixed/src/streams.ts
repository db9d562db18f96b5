import { get, valueRows, type Json, type MixedStream } from "ferry-cdk";

/** Read with the manifest's retriever, pages, token and all; what is new is found in code. */
export const invoices: MixedStream = {
  name: "invoices",
  primaryKey: [["id"]],
  cursorField: "number",
  schema: { type: "object", properties: { id: { type: "integer" }, number: { type: "integer" } } },
  async *read({ state }, { records }) {
    let latest = Number(state["number"] ?? 0);
    const resource = `/invoices?after=${latest}`;
    for await (const batch of records("#/definitions/retriever", { $parameters: { resource } })) {
      yield batch;
      for (let index = 0; index < batch.length; index++)
        latest = Math.max(latest, Number(batch.field(index, "number")));
    }
    yield { state: { number: latest } };
  },
};

/** Made of the records of another stream. */
export const totals: MixedStream = {
  name: "totals",
  primaryKey: [["customers"]],
  schema: { type: "object", properties: { customers: { type: "integer" }, balance: { type: "number" } } },
  async *read(_, { recordsOf }) {
    let customers = 0;
    let balance = 0;
    for await (const batch of recordsOf("customers")) {
      customers += batch.length;
      for (let index = 0; index < batch.length; index++) balance += amountOf(batch.value(index));
    }
    yield valueRows([{ customers, balance }]);
  },
};

const amountOf = (record: Json): number => {
  const balance = typeof record === "object" && record !== null ? get(record as never, "balance") : 0;
  return typeof balance === "number" ? balance : 0;
};
