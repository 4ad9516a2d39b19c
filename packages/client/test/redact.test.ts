import { describe, expect, test } from "vitest";
import { isCredential, redact, redactJson, secretParts } from "../src/redact.ts";

test.each([
  ["authorization", true],
  ["x-api-key", true],
  ["cookie", true],
  ["x-session", true],
  ["x-ratelimit-remaining-tokens", false],
  ["x-max-token", false],
  ["x-key-count", false],
  ["x-session-limit", false],
  ["content-type", false],
])("whether %s carries a credential: %s", (name, carries) => {
  expect(isCredential(name)).toBe(carries);
});

describe("a secret is taken out however a server echoes it", () => {
  const secret = `a/b"c<d>&'ü+e`;
  test.each([
    ["as it is", secret],
    ["percent-encoded", "a%2Fb%22c%3Cd%3E%26'%C3%BC%2Be"],
    ["percent-encoded in lower case", "a%2fb%22c%3cd%3e%26'%c3%bc%2be"],
    ["in JSON", `a/b\\"c<d>&'ü+e`],
    ["in HTML", "a/b&quot;c&lt;d&gt;&amp;&#39;ü+e"],
  ])("%s", (_, echoed) => {
    expect(redact(`no ${echoed}, and ${echoed}`, [secret])).toBe("no [redacted], and [redacted]");
  });
});

describe("the parts of a credential", () => {
  test("are without the scheme, and of Basic credentials as they are decoded too", () => {
    expect(secretParts("Bearer sk-abc")).toEqual(["sk-abc"]);
    const encoded = btoa("ada:secret99");
    expect(secretParts(`Basic ${encoded}`)).toEqual([encoded, "ada:secret99", "secret99"]);
  });

  test("are the values of pairs, but not words such as a theme's name", () => {
    const parts = secretParts("theme=light; sid=abcdef");
    expect(parts).toContain("abcdef");
    expect(parts).not.toContain("light");
  });
});

test("JSON loses secrets in texts and names; a number only where it is long and the whole secret", () => {
  const value = { "key sk-1234": ["sk-1234", { n: 1234, long: 123456789, other: 1234567890 }], yes: true };
  expect(redactJson(value, ["sk-1234", "1234", "123456789"])).toEqual({
    "key [redacted]": ["[redacted]", { n: 1234, long: "[redacted]", other: 1234567890 }],
    yes: true,
  });
});
