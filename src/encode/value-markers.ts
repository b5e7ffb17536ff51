/** What stands in the output where a value could not. */
export const CIRCULAR_MARKER = '[Circular]';
export const TOO_DEEP_MARKER = '[Too deep]';
export const TOO_LARGE_MARKER = '[Too large]';

const MAX_MESSAGE_CHARACTERS = 200;

/** Names the error of a getter, trap or method that threw while its value was read. */
export function throwsMarker(error: unknown): string {
  return `[Throws: ${describe(error)}]`;
}

function describe(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : error;
    return String(text).slice(0, MAX_MESSAGE_CHARACTERS);
  } catch {
    return 'an error that cannot be read';
  }
}
