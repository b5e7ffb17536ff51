import type { Facts, Failure } from '../diagnosis/diagnosis.ts';
import { networkCode } from '../diagnosis/network-code.ts';
import { speaksTls } from './connect.ts';
import { addressOf } from './network-checks.ts';

const CONNECT_MILLIS = 2000;

/** After an answer that a TLS port gives to plain text: whether it is one. */
export async function lookForTls(origin: string | undefined, failure: Failure): Promise<Facts> {
  const address = addressOf(origin);
  if (address?.protocol !== 'http:') return {};
  const code = networkCode(failure);
  const isLike =
    failure.httpStatusCode === 400 ||
    failure.code.startsWith('HPE_') ||
    code === 'ECONNRESET' ||
    code === 'EPIPE';
  if (!isLike) return {};
  return { speaksTls: await speaksTls({ ...address, timeoutMillis: CONNECT_MILLIS }) };
}
