import { stderr } from "node:process";
import { note } from "./output.ts";

const REDRAW_MS = 100;
const LINE_MS = 5000;
const WIDTH = 24;

/** How far something is. */
export interface Position {
  readonly done: number;
  readonly total: number | undefined;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** What else there is to say, such as `120/s, 3 failed`. */
  readonly text: string;
}

/**
 * Shows progress on standard error: on a terminal a bar that is redrawn, otherwise a line every five seconds.
 * (The bar of @clack/prompts reads the keyboard and ends the process on Ctrl-C, before anything could be finished.)
 *
 * @returns ends it; on a terminal the last state stays to be seen
 */
export function showProgress(position: () => Position): () => void {
  const isTerminal = stderr.isTTY === true;
  const draw = (): void => {
    if (isTerminal) stderr.write(`\r\u001b[2K${bar(position()).slice(0, (stderr.columns || 80) - 1)}`);
    else note(line(position()));
  };
  const timer = setInterval(draw, isTerminal ? REDRAW_MS : LINE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (!isTerminal) return;
    draw();
    stderr.write("\n");
  };
}

function bar(position: Position): string {
  const { done, total } = position;
  if (!total) return line(position);
  const filled = Math.round((Math.min(done, total) / total) * WIDTH);
  return `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${line(position)}`;
}

function line({ done, total, unit, text }: Position): string {
  const of = total === undefined ? "" : ` of ${total.toLocaleString("en")}`;
  return `${done.toLocaleString("en")}${of} ${unit}  ${text}`;
}

/** Seconds as a person says them: `45 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
