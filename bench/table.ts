/** Rows as a table for a terminal: numbers to the right, with as many digits as are worth reading. */
export function table(title: string, rows: readonly object[]): string {
  const [first] = rows;
  if (!first) return "";
  const heads = Object.keys(first).filter((head) => head !== "part");
  const cells = [
    heads,
    ...rows.map((row) => heads.map((head) => show((row as Record<string, unknown>)[head]))),
  ];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        /^[\d.,]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [title, ...lines].join("\n");
}

function show(value: unknown): string {
  if (typeof value !== "number") return value === undefined ? "" : String(value);
  return Number.isInteger(value) ? String(value) : value.toPrecision(4).replace(/\.?0+$/, "");
}
