import { InvalidOptionError } from '../../invalid-option-error.ts';

/**
 * Keys for CURVE, ZeroMQ's encryption (http://api.zeromq.org/4-3:zmq-curve): texts of 40 characters, as
 * `curveKeyPair()` of `zeromq` makes them.
 */
export interface CurveOptions {
  /** The public key of the side that binds. For the side that connects. */
  readonly serverKey?: string;
  /** Our own public key. Needed by the side that connects. */
  readonly publicKey?: string;
  /** Our own secret key. */
  readonly secretKey: string;
}

/** Socket options of `zeromq` that stand for a `CurveOptions`. */
export type CurveSettings =
  | {
      readonly curveServerKey: string;
      readonly curvePublicKey: string;
      readonly curveSecretKey: string;
    }
  | { readonly curveServer: true; readonly curveSecretKey: string };

/** 32 bytes in Z85 (https://rfc.zeromq.org/spec/32/). */
const Z85_KEY = /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/u;

/** @throws InvalidOptionError that names the key, never its value. */
export function curveSettings(
  curve: CurveOptions | undefined,
  bind: boolean,
): CurveSettings | undefined {
  if (curve === undefined) return undefined;
  if (curve === null || typeof curve !== 'object') {
    throw new InvalidOptionError(
      `Expected \`curve\` to be an object with keys, got ${curve === null ? 'null' : typeof curve}`,
    );
  }
  const curveSecretKey = key('secretKey', curve.secretKey);
  if (bind) {
    if (curve.serverKey !== undefined) {
      throw new InvalidOptionError(
        'Expected no `curve.serverKey` with `bind`: the side that binds is the server, its `secretKey` is enough',
      );
    }
    if (curve.publicKey !== undefined) key('publicKey', curve.publicKey);
    return { curveServer: true, curveSecretKey };
  }
  return {
    curveServerKey: key('serverKey', curve.serverKey),
    curvePublicKey: key('publicKey', curve.publicKey),
    curveSecretKey,
  };
}

function key(name: keyof CurveOptions, value: unknown): string {
  if (typeof value === 'string' && Z85_KEY.test(value)) return value;
  const got = typeof value === 'string' ? `a text of ${value.length} characters` : typeof value;
  throw new InvalidOptionError(
    `Expected \`curve.${name}\` to be a key of 40 Z85 characters, got ${got}: make a pair with \`curveKeyPair()\` of \`zeromq\``,
  );
}
