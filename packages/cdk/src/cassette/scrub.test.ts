import { expect, test } from "vitest";
import { createScrubber } from "./scrub.ts";

const TOKEN = "t0k3n/with+signs=";

test.each([
  ["as it is", `x ${TOKEN} y`, "x SCRUBBED_credentials_api_token y"],
  [
    "in a URL",
    `https://a.test/?q=${encodeURIComponent(TOKEN)}&page=2`,
    "https://a.test/?q=SCRUBBED_credentials_api_token&page=2",
  ],
  ["in base64", Buffer.from(`user:${TOKEN}`).toString("base64"), expect.not.stringContaining("dDBrM24") as string],
  ["in JSON", JSON.stringify({ a: `"${TOKEN}"` }), String.raw`{"a":"\"SCRUBBED_credentials_api_token\""}`],
  [
    "a parameter of a telling name",
    "https://a.test/?access_token=abcdefgh&page=2",
    "https://a.test/?access_token=SCRUBBED_access_token&page=2",
  ],
  [
    "a member of a telling name",
    '{"refresh_token": "abcdefgh", "id": 1}',
    '{"refresh_token": "SCRUBBED_refresh_token", "id": 1}',
  ],
  ["a field of a form", "grant_type=x&client_secret=abcdefgh", "grant_type=x&client_secret=SCRUBBED_client_secret"],
  ["a short value, only there", "password=abc&name=abc", "password=SCRUBBED_password&name=abc"],
  ["a user in a URL", "https://me:pw@a.test/x", "https://SCRUBBED_user@a.test/x"],
  ["what is none", '{"next_page_token":"abc","token":"page2"}', '{"next_page_token":"abc","token":"page2"}'],
])("a secret %s", (_, text, expected) => {
  const scrubber = createScrubber();
  scrubber.secret(TOKEN, "credentials.api_token");
  expect(scrubber.text(text)).toEqual(expected);
});

test("a value of a telling name is known from then on, and another one gets another placeholder", () => {
  const scrubber = createScrubber();
  expect(scrubber.text('{"access_token":"first-1"}')).toBe('{"access_token":"SCRUBBED_access_token"}');
  expect(scrubber.text('{"access_token":"second"}')).toBe('{"access_token":"SCRUBBED_access_token_2"}');
  expect(scrubber.text("?auth=first-1&then=second")).toBe("?auth=SCRUBBED_access_token&then=SCRUBBED_access_token_2");
  expect(scrubber.text("?access_token=SCRUBBED_access_token")).toBe("?access_token=SCRUBBED_access_token");
});

test("what is no secret, as it is too short, stays", () => {
  const scrubber = createScrubber();
  for (const value of ["1", "12", "true", "t"]) scrubber.secret(value, "x");
  expect(scrubber.text("?page=1&of=12&all=true&t=t")).toBe("?page=1&of=12&all=true&t=t");
});

test("headers", () => {
  const scrubber = createScrubber();
  scrubber.secret("t0k3n");
  expect(
    scrubber.headers([
      ["Authorization", "Bearer abc"],
      ["X-Api-Key", "abc"],
      ["Cookie", "a=1; b=2"],
      ["Set-Cookie", "session=abc; Path=/; HttpOnly"],
      ["X-Next-Page-Token", "p2"],
      ["X-Other", "before t0k3n"],
    ]),
  ).toEqual([
    ["Authorization", "Bearer SCRUBBED_authorization"],
    ["X-Api-Key", "SCRUBBED_x_api_key"],
    ["Cookie", "a=SCRUBBED_cookie; b=SCRUBBED_cookie"],
    ["Set-Cookie", "session=SCRUBBED_cookie; Path=/; HttpOnly"],
    ["X-Next-Page-Token", "p2"],
    ["X-Other", "before SCRUBBED_token"],
  ]);
});

test("a secret in a large body, wherever it is cut", async () => {
  const scrubber = createScrubber();
  scrubber.secret("s3cr3t-välue");
  const line = `{"id":1,"note":"${"x".repeat(997)} s3cr3t-välue ä"}\n`;
  const whole = Buffer.from(line.repeat(5000));
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += 65_537) yield whole.subarray(at, at + 65_537);
  }
  const parts: Uint8Array[] = [];
  for await (const part of scrubber.bytes(chunks())) parts.push(part);
  expect(Buffer.concat(parts).toString() === line.replace("s3cr3t-välue", "SCRUBBED_token").repeat(5000)).toBe(true);
});
