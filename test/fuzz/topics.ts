import type { FuzzLaw } from './support/fuzz-law.ts';
import { awsLaws } from './topics/aws.ts';
import { decodeLaws } from './topics/decode.ts';
import { encodeLaws } from './topics/encode.ts';
import { environmentLaws } from './topics/environment.ts';
import { httpLaws } from './topics/http.ts';
import { packLaws } from './topics/pack.ts';
import { spoolLaws } from './topics/spool.ts';
import { zeromqLaws } from './topics/zeromq.ts';

/** All that is fuzzed, by topic. */
export const FUZZ_TOPICS: Readonly<Record<string, readonly FuzzLaw[]>> = {
  encode: encodeLaws,
  pack: packLaws,
  decode: decodeLaws,
  http: httpLaws,
  aws: awsLaws,
  spool: spoolLaws,
  environment: environmentLaws,
  zeromq: zeromqLaws,
};
