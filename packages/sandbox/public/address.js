// What is chosen on the page, kept in the address: a reload, a bookmark or a colleague sees the same.

const read = () => new URLSearchParams(location.hash.slice(1));

/** The value under a name, or undefined. */
export const get = (name) => read().get(name) ?? undefined;

/** Keeps values by name; an empty one is left out. Nothing is added to the browser's history. */
export function set(values) {
  const parameters = read();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === "") parameters.delete(name);
    else parameters.set(name, String(value));
  }
  const hash = parameters.toString();
  history.replaceState(null, "", hash === "" ? location.pathname : `#${hash}`);
}
