/**
 * The keys with lone surrogates repaired.
 *
 * Different broken keys may look alike once they are repaired, and keys must be unique (OTel common
 * specification, "attribute collections"), so a repaired key is lengthened until nobody else has it.
 */
export function uniqueKeys(keys: readonly string[]): readonly string[] {
  const taken = new Set(keys.filter((key) => key.isWellFormed()));
  return keys.map((key) => {
    if (key.isWellFormed()) return key;
    let repaired = key.toWellFormed();
    while (taken.has(repaired)) repaired += '\uFFFD';
    taken.add(repaired);
    return repaired;
  });
}
