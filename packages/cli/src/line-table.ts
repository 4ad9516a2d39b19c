/** A small number for each line of a file, 0 where nothing is known: a byte a line, however long the file is. */
export class LineTable {
  #bytes = new Uint8Array(1024);

  get(line: number): number {
    return this.#bytes[line] ?? 0;
  }

  set(line: number, value: number): void {
    if (line >= this.#bytes.length) {
      const longer = new Uint8Array(Math.max(line + 1, this.#bytes.length * 2));
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[line] = value;
  }
}
