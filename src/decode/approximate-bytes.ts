const BYTES_A_VALUE = 16;

/** About what a value holds in memory, by its texts, bytes and number of members. */
export function approximateBytes(value: unknown): number {
  let bytes = 0;
  // A list instead of recursion: values may be nested as deep as JSON text can be.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    bytes += BYTES_A_VALUE;
    if (typeof next === 'string') bytes += next.length;
    else if (next instanceof Uint8Array) bytes += next.length;
    else if (typeof next === 'object' && next !== null) {
      for (const [key, member] of Object.entries(next)) {
        bytes += key.length;
        left.push(member);
      }
    }
  }
  return bytes;
}
