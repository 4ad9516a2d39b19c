import type { ConcurrentRow } from "./concurrent.ts";
import type { DroppedRow } from "./dropped.ts";
import type { ProcessesRow } from "./processes.ts";
import type { Tally } from "./tally.ts";

/** One line of the report. */
export type Row = ConcurrentRow | ProcessesRow | DroppedRow;

const MARK = { met: "ok", missed: "MISSED", none: "" } as const;

/** The rows as tables for a terminal, one per part. */
export function tables(rows: readonly Row[]): string {
  const parts = [
    table(
      "Distinct keys merged into one conversation by one process",
      rows.flatMap((row) => (row.part === "one process" ? [concurrentLine(row)] : [])),
    ),
    table(
      "The same by several processes",
      rows.flatMap((row) => (row.part === "processes" ? [processesLine(row)] : [])),
    ),
    table(
      "A write whose answer does not come",
      rows.flatMap((row) => (row.part === "no answer" ? [droppedLine(row)] : [])),
    ),
  ];
  return parts.filter(Boolean).join("\n\n");
}

type Line = Readonly<Record<string, string | number>>;

function concurrentLine(row: ConcurrentRow): Line {
  const { vendor, writer, spreadMs, goal } = row;
  return { vendor, writer, arriving: arrival(spreadMs), ...counted(row), goal: MARK[goal] };
}

function processesLine(row: ProcessesRow): Line {
  const { vendor, guard, processes, spreadMs, heldMs, late, goal } = row;
  const line = heldMs > 0 ? `5 % held up ${heldMs} ms` : "good";
  const where = { vendor, guard, processes, line, arriving: arrival(spreadMs) };
  return { ...where, ...counted(row), "told late_write": late, goal: MARK[goal] };
}

function droppedLine({ part, meddled, right, kept, goal, ...row }: DroppedRow): Line {
  const yes = (is: boolean): string => (is ? "yes" : "NO");
  return {
    ...row,
    "newer value": meddled ? "set" : "-",
    right: yes(right),
    "rest kept": yes(kept),
    goal: MARK[goal],
  };
}

const arrival = (spreadMs: number): string => (spreadMs > 0 ? `over ${spreadMs} ms` : "at once");

function counted(row: Tally & { readonly ms: number }): Line {
  const { merges, acknowledged, present, lost, reported, damaged, requests, ms } = row;
  const told = Object.entries(reported).map(([kind, count]) => `${kind} ${count}`);
  const silent = damaged > 0 ? `${lost} +${damaged} old` : lost;
  return { merges, acknowledged, present, "done but lost": silent, reported: told.join(" "), requests, ms };
}

function table(title: string, lines: readonly Line[]): string {
  const [first] = lines;
  if (!first) return "";
  const heads = Object.keys(first);
  const cells = [heads, ...lines.map((line) => heads.map((head) => String(line[head])))];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const shown = cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [title, ...shown].join("\n");
}

const pad = (cell: string, width: number): string =>
  /^\d+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
