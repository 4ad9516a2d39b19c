/** What a condition may take to come true: as long as the test, not a second, which a busy machine needs for a tenth of it. */
import { vi } from "vitest";

const { waitFor } = vi;
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === "number" ? options : { timeout: 300_000, ...options });
