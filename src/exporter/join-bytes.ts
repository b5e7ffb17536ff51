/**
 * One piece of memory with the bytes of all entries, one after the other.
 *
 * Entries that were stored one after the other lie so already: they are copied together, as a copy has a
 * fixed cost.
 *
 * @param take Answers memory of so many bytes. Default: fresh memory.
 */
export function joinBytes(
  entries: readonly { readonly bytes: Uint8Array }[],
  take: (bytes: number) => Buffer = Buffer.allocUnsafeSlow,
): Uint8Array {
  let totalBytes = 0;
  for (const { bytes } of entries) totalBytes += bytes.length;
  const joined = take(totalBytes);
  let position = 0;
  let run: Uint8Array | undefined;
  let runEnd = 0;
  const copyRun = (): void => {
    if (run === undefined) return;
    const start = run.byteOffset;
    joined.set(new Uint8Array(run.buffer, start, runEnd - start), position);
    position += runEnd - start;
  };
  for (const { bytes } of entries) {
    if (run === undefined || bytes.buffer !== run.buffer || bytes.byteOffset !== runEnd) {
      copyRun();
      run = bytes;
    }
    runEnd = bytes.byteOffset + bytes.length;
  }
  copyRun();
  return joined;
}
