import type { FuzzLaw } from './support/fuzz-law.ts';
import { decodeLaws } from './topics/decode.ts';
import { encodeLaws } from './topics/encode.ts';
import { packLaws } from './topics/pack.ts';

/** All that is fuzzed, by topic. */
export const FUZZ_TOPICS: Readonly<Record<string, readonly FuzzLaw[]>> = {
  encode: encodeLaws,
  pack: packLaws,
  decode: decodeLaws,
};
