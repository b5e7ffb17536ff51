import { objectProperty } from '../../object-property.ts';

/**
 * Options of a client that have no part in a request, or the same in each. All others, those of later versions
 * too, may be asked at each call.
 */
const LASTING_OPTIONS: ReadonlySet<string> = new Set([
  'credentials',
  'customUserAgent',
  'endpoint',
  'maxAttempts',
  'profile',
  'region',
  'requestHandler',
  'useDualstackEndpoint',
  'useFipsEndpoint',
]);

/** Asks the SDK whose credentials it would sign with now. */
export type AskIdentity = () => Promise<unknown>;

/**
 * Undefined when two calls of the client may differ in more than their bodies, times and credentials.
 *
 * @param options What the client was made of, beside our defaults.
 */
export async function identityOf(
  client: unknown,
  options: unknown,
): Promise<AskIdentity | undefined> {
  const config = objectProperty(client, 'config');
  const credentials = objectProperty(config, 'credentials');
  if (typeof credentials !== 'function' || !areLasting(options)) return undefined;
  // In Lambda the SDK adds the trace of each invocation.
  if (process.env['AWS_LAMBDA_FUNCTION_NAME'] !== undefined) return undefined;
  try {
    const isKnown = hasSigningStep(client) && (await neverHoldsBack(config));
    return isKnown ? async () => credentials.call(config) : undefined;
  } catch {
    // The first call tells what is wrong.
    return undefined;
  }
}

function areLasting(options: unknown): boolean {
  return Object.entries(options ?? {}).every(
    ([name, value]) =>
      LASTING_OPTIONS.has(name) && (name === 'credentials' || typeof value !== 'function'),
  );
}

function hasSigningStep(client: unknown): boolean {
  const stack = objectProperty(client, 'middlewareStack');
  const identify = objectProperty(stack, 'identify');
  if (typeof identify !== 'function') return false;
  const names: unknown = identify.call(stack);
  return Array.isArray(names) && names.some((name) => /^httpSigningMiddleware\b/u.test(`${name}`));
}

/** False for a retry mode that slows calls down after a refusal. */
async function neverHoldsBack(config: unknown): Promise<boolean> {
  const ask = objectProperty(config, 'retryStrategy');
  if (typeof ask !== 'function') return false;
  return objectProperty(await ask.call(config), 'mode') === 'standard';
}
