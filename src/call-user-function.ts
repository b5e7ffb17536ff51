/**
 * Calls what the application gave, for its answer; undefined when it throws.
 *
 * An async function where a plain one is expected answers a promise, which nobody would wait for: its rejection
 * would end the process. It is caught here, and the promise is given back like any other wrong answer.
 *
 * @param onFailure Hears what it throws, also later.
 */
export function callUserFunction<T>(
  call: () => T,
  onFailure: (thrown: unknown) => void = () => {},
): T | undefined {
  try {
    return catchLater(call(), onFailure);
  } catch (thrown) {
    onFailure(thrown);
    return undefined;
  }
}

/** The answer as it is; if it is a promise, one whose rejection goes to `onFailure`. */
export function catchLater<T>(answer: T, onFailure: (thrown: unknown) => void = () => {}): T {
  if (isThenable(answer)) Promise.resolve(answer).then(undefined, onFailure);
  return answer;
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  if ((typeof answer !== 'object' && typeof answer !== 'function') || answer === null) return false;
  return typeof Reflect.get(answer, 'then') === 'function';
}
