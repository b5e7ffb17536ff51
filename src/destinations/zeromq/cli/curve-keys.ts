import type { CurveOptions } from '../index.ts';

/** Keys for encryption, from the environment: a command line is seen by all users of the machine. */
export function curveKeys(
  environment: Readonly<Record<string, string | undefined>>,
): CurveOptions | undefined {
  const {
    COLLECTORLESS_CURVE_SECRET_KEY: secretKey,
    COLLECTORLESS_CURVE_PUBLIC_KEY: publicKey,
    COLLECTORLESS_CURVE_SERVER_KEY: serverKey,
  } = environment;
  if (!secretKey) return undefined;
  return { secretKey, ...(publicKey && { publicKey }), ...(serverKey && { serverKey }) };
}
