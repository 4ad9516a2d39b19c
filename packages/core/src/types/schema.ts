/**
 * Any schema that follows Standard Schema, version 1 (https://standardschema.dev): zod, valibot, arktype and others.
 * Given as `schema`, it says what a conversation's whole metadata is:
 *
 * - An update's merged document must fit it before anything is sent; else the update fails with kind `invalid` and every path.
 * - What goes out is that document as it is, in the schema's input type. What the schema makes of it (defaults, transforms, keys it drops) is
 *   never sent, so that nothing others keep there is lost.
 * - What the schema returns is in `parsedMetadata` of the result; `conversation.metadata` stays the document as it is stored.
 *   `get` fails with kind `invalid` where the schema refuses it; the error's `result` has what was read. An update may repair it.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** What the specification asks of a schema: https://standardschema.dev. */
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: Output; readonly issues?: undefined }
      | { readonly issues: readonly SchemaIssue[] }
      | Promise<
          | { readonly value: Output; readonly issues?: undefined }
          | { readonly issues: readonly SchemaIssue[] }
        >;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** An issue of a schema with a document, in its own words, which may quote values. */
export interface SchemaIssue {
  /** What the schema says. */
  readonly message: string;
  /** Where, from the document's root; absent for the document itself. */
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}
