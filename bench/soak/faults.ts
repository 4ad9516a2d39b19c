/** What goes wrong with a call, known to both sides by its number: 1 in 20, each in turn, reads and updates alike. */
export type Fault = "500" | "503" | "429" | "reset" | "cut" | "html" | "abort" | "stall";

const TURNS: readonly Fault[] = [
  ...(["500", "reset", "429", "cut", "abort"] as const),
  ...(["503", "reset", "html", "cut", "abort"] as const),
  ...(["500", "429", "reset", "cut", "abort", "stall"] as const),
];

export function faultOf(number: number): Fault | undefined {
  return number % 20 === 7 ? TURNS[Math.floor(number / 20) % TURNS.length] : undefined;
}

export function isRead(number: number): boolean {
  return (number + Math.floor(number / (20 * TURNS.length))) % 2 === 0;
}

/** How a call must end: `right`, or the kind of error. Reads are tried again, updates only where nothing was done. */
export function endOf(number: number): string {
  const fault = faultOf(number);
  if (fault === undefined || fault === "429") return "right";
  if (fault === "abort") return "aborted";
  if (fault === "html") return "bad_response";
  if (isRead(number)) return "right";
  return { "500": "server", "503": "server", reset: "network", cut: "network", stall: "timeout" }[fault];
}
