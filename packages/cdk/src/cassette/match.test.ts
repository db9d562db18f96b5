import { expect, test } from "vitest";
import { compared, differences, requestKey, timelessKey } from "./match.ts";

const get = (url: string): Parameters<typeof compared>[0] => ({ method: "GET", url });
const post = (body: string): Parameters<typeof compared>[0] => ({ method: "POST", url: "http://a.test/", body });

test.each([
  ["parameters in another order", get("http://a.test/x?b=2&a=1"), get("http://a.test/x?a=1&b=2"), true],
  ["another encoding", get("http://a.test/x?a=a%20b"), get("http://a.test/x?a=a+b"), true],
  ["values of one name in another order", get("http://a.test/x?a=1&a=2"), get("http://a.test/x?a=2&a=1"), false],
  ["the port that goes without saying", get("https://A.test:443/x"), get("https://a.test/x"), true],
  ["another path", get("http://a.test/x"), get("http://a.test/y"), false],
  ["members in another order", post('{"a":1,"b":[{"c":null}]}'), post('{ "b": [{"c": null}], "a": 1 }'), true],
  ["another member", post('{"a":1}'), post('{"a":2}'), false],
  ["a form in another order", post("a=1&b=2"), post("b=2&a=1"), true],
  ["other text", post("<a/>"), post("<b/>"), false],
])("%s", (_, one, other, same) => {
  expect(requestKey(compared(one)) === requestKey(compared(other))).toBe(same);
});

const FROM = Date.parse("2026-03-01T10:00:00Z");
const key = (query: string): string => timelessKey(compared(get(`http://a.test/?${query}`)), FROM, FROM + 60_000);
test.each([
  ["to=2026-03-01T10:00:05Z", "to=2026-03-01T10:00:31Z", true],
  ["to=2026-03-01T10:00:05.123456%2B00:00", "to=2026-03-01T10:00:31.999999%2B00:00", true],
  ["to=2026-03-01T11:00:05%2B01:00", "to=2026-03-01T11:00:31%2B01:00", true],
  ["to=2026-03-01%2010:00:05", "to=2026-03-01%2010:00:31", true],
  [`to=${FROM / 1000}`, `to=${FROM / 1000 + 9}`, true],
  [`to=${FROM}`, `to=${FROM + 999}`, true],
  ["to=20260301100005", "to=20260301100031", true],
  ["q=at > 2026-03-01T10:00:05Z", "q=at > 2026-03-01T10:00:31Z", true],
  ["to=2026-02-01T10:00:05Z", "to=2026-02-01T10:00:31Z", false],
  ["id=1234567890", "id=1234567891", false],
])("until now: %s and %s: %j", (one, other, same) => {
  expect(key(one) === key(other)).toBe(same);
});

test("differences are told by parameter and member", () => {
  const known = compared({ method: "POST", url: "http://a.test/x?limit=50&a=1", body: '{"filter":{"from":1}}' });
  const asked = compared({ method: "POST", url: "http://a.test/x?limit=100&b=1", body: '{"filter":{"from":2}}' });
  expect(differences(known, asked)).toEqual([
    'query a: "1" was recorded, none is asked now',
    'query limit: "50" was recorded, "100" is asked now',
    'query b: "1" is asked now, none was recorded',
    'body filter.from: "1" was recorded, "2" is asked now',
  ]);
});
