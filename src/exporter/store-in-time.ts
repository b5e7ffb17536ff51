import type { Clock } from '../send/clock.ts';

/** Longer than the spool itself gives a write: the way there may hang on a disk that does. */
const MAX_WRITE_MILLIS = 15_000;

/** The answer of a disk, or an error when there is none in time; `onLate` gets what is stored after all. */
export async function storeInTime<F>(
  storing: Promise<F | Error>,
  options: { readonly clock: Clock; readonly onLate: (file: F) => void },
): Promise<F | Error> {
  let isLate = false;
  let cancelTimer = (): void => {};
  const late = new Promise<Error>((resolve) => {
    cancelTimer = options.clock.startTimer(() => {
      isLate = true;
      resolve(new Error(`The disk took longer than ${MAX_WRITE_MILLIS} ms`));
    }, MAX_WRITE_MILLIS);
  });
  const stored = storing
    .then((file) => {
      if (isLate && !(file instanceof Error)) options.onLate(file);
      return file;
    })
    .finally(() => cancelTimer());
  return Promise.race([stored, late]);
}
