import { type Runtime, systemRuntime } from '../../exporter/runtime.ts';
import { objectProperty } from '../../object-property.ts';

type MakeSigner = (scheme: unknown) => unknown;

/** Region and address are those of its scheme; what is found elsewhere is looked up again after this time. */
const MAX_AGE_MILLIS = 60_000;

/**
 * Makes a client use its signer again for the calls of one scheme. The SDK copies the client's whole configuration
 * to make one for each call; whose credentials are signed with, it asks anew each time all the same.
 *
 * @param config Of a client of which two calls differ in their bodies, times and credentials only.
 * @param clock For tests. Default: the system's.
 */
export function keepSigner(
  config: unknown,
  clock: Pick<Runtime, 'wallMillis'> = systemRuntime,
): void {
  const makeSigner = objectProperty(config, 'signer');
  if (typeof config !== 'object' || config === null || typeof makeSigner !== 'function') return;
  let known: { readonly scheme: unknown; readonly signer: unknown } | undefined;
  let untilMillis = 0;
  const signer: MakeSigner = async (scheme) => {
    if (known === undefined || known.scheme !== scheme || clock.wallMillis() >= untilMillis) {
      const made: unknown = await makeSigner.call(config, scheme);
      known = { scheme, signer: made };
      untilMillis = clock.wallMillis() + MAX_AGE_MILLIS;
    }
    return known.signer;
  };
  Object.assign(config, { signer });
}
