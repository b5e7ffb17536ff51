import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const DAY_MILLIS = 86_400_000;

/** A self-signed certificate for one DNS name (RFC 5280), valid from yesterday. */
export function createCertificate(
  name: string,
  notAfterMillis: number = Date.now() + DAY_MILLIS,
): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
  const tbs = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_SHA256,
    issuer,
    sequence(utcTime(Date.now() - 2 * DAY_MILLIS), utcTime(notAfterMillis)),
    issuer,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(subjectAltName(name))),
  );
  const signature = sign('sha256', tbs, privateKey);
  const der = sequence(tbs, ECDSA_SHA256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

function subjectAltName(name: string): Buffer {
  const names = sequence(tagged(0x82, Buffer.from(name)));
  return sequence(oid('551d11'), tagged(0x04, names));
}

function utcTime(millis: number): Buffer {
  const text = new Date(millis).toISOString().replaceAll(/[-:T]|\.\d+/gu, '');
  return tagged(0x17, Buffer.from(text.slice(2)));
}

const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));

/** DER: tag, length, contents (ITU-T X.690). */
function tagged(tag: number, contents: Buffer): Buffer {
  const { length } = contents;
  const lengthBytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...lengthBytes), contents]);
}

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
