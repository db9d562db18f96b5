import { expect, test } from "vitest";
import { sleep } from "../http/sleep.ts";
import { createStop } from "./stop.ts";

test("ends a wait of an hour at once, and says why as no fault of the connector", async () => {
  const stop = createStop();
  const wait = sleep(3600, stop.signal);
  stop.request(143, "the process got SIGTERM");
  await expect(wait).rejects.toMatchObject({
    message: "The run was told to stop: the process got SIGTERM.",
    failureType: "transient_error",
    code: "stopped",
  });
  expect(stop.exitCode).toBe(143);
  stop.clear();
});
