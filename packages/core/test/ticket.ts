import { z } from "zod";

/** A schema that the metadata of a new sandbox fits. */
export const ticket = z.object({
  topic: z.string(),
  owner: z.string(),
  count: z.int().optional(),
  tags: z.array(z.string()).optional(),
});
