/** What a condition may take to come true: as long as the test, not a second, which a busy machine needs for a tenth of it. */
import { vi } from "vitest";

const { waitFor } = vi;
vi.waitFor = (callback, options) =>
  waitFor(callback, { timeout: 300_000, ...(typeof options === "object" && options) });
