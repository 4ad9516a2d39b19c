/** What a function of the caller threw: it ends the call as it is. */
export class CallbackFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** What a function of the caller returns: a promise only where it gave one. Throws or rejects with `CallbackFailure`. */
export function callBack<T>(callback: () => T | PromiseLike<T>): T | Promise<T> {
  const fail = (error: unknown): never => {
    throw new CallbackFailure(error);
  };
  try {
    const result = callback();
    const isPromise = typeof (result as PromiseLike<T> | undefined)?.then === "function";
    return isPromise ? Promise.resolve(result).catch(fail) : (result as T);
  } catch (error) {
    return fail(error);
  }
}
