import { regionOfHost } from './aws-region.ts';
import type { Diagnosis, Facts, Rule } from './diagnosis.ts';
import { addressVariable, hostOf, place, regionVariable } from './words-for.ts';

/** AWS takes signatures that are 5 minutes off; the SDK corrects its clock from 4 minutes on. */
export const SKEW_MILLIS: number = 4 * 60_000;

const SIGNATURE =
  /^(?:InvalidSignature\w*|SignatureDoesNotMatch|IncompleteSignature\w*|AuthFailure)$/u;
const SKEWED = /^(?:RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/u;
const UNKNOWN_KEY =
  /^(?:UnrecognizedClient\w*|InvalidClientTokenId|InvalidAccessKeyId|InvalidSecurity)$/u;
const EXPIRED = /^ExpiredToken\w*$/u;

/** The service does not accept who signed the request, when, or for which region. */
export const signatureRule: Rule = (_doctor, { code, message }, facts) => {
  if (EXPIRED.test(code)) {
    return {
      cause: 'expired_credentials',
      sentence: 'The credentials were right, but have expired.',
      mend: 'Get new ones: sign in again, or let a role give them, which the SDK then refreshes by itself.',
    };
  }
  if (UNKNOWN_KEY.test(code)) {
    return {
      cause: 'unknown_access_key',
      sentence: `${place(facts)} does not know the access key, or its session token is wrong.`,
      mend:
        'Check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, and that the key is of this partition (aws, aws-cn, ' +
        'aws-us-gov) and not deleted or inactive.',
    };
  }
  if (!SIGNATURE.test(code) && !SKEWED.test(code)) return undefined;
  if (SKEWED.test(code) || isSkew(message, facts)) return clockSkew(facts);
  if (/scoped to a valid region/iu.test(message) || isOtherRegion(facts)) return wrongRegion(facts);
  return {
    cause: 'wrong_secret_key',
    sentence: 'The access key exists, but the secret key is not the one that belongs to it.',
    mend: 'Check AWS_SECRET_ACCESS_KEY: a character may be missing or a quote too many.',
  };
};

/** The clocks differ so much that AWS refuses signatures. */
export function clockSkew({ clockOffsetMillis }: Facts): Diagnosis {
  const difference =
    clockOffsetMillis === undefined || Math.abs(clockOffsetMillis) < SKEW_MILLIS
      ? 'more than 5 minutes off'
      : describeOffset(clockOffsetMillis);
  return {
    cause: 'clock_skew',
    sentence: `The clock of this machine is ${difference}, and AWS refuses signatures of another time.`,
    mend:
      'Set the clock, best by NTP. The exporter signs by the clock of the service after the first refusal, but ' +
      'the times in the records stay wrong.',
  };
}

/** "10 minutes behind", by the service's clock minus ours. */
export function describeOffset(offsetMillis: number): string {
  const seconds = Math.round(Math.abs(offsetMillis) / 1000);
  const text = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  return `${text} ${offsetMillis > 0 ? 'behind' : 'ahead'}`;
}

function isSkew(message: string, { clockOffsetMillis = 0 }: Facts): boolean {
  return (
    Math.abs(clockOffsetMillis) >= SKEW_MILLIS ||
    /signature (?:not yet current|expired)/iu.test(message)
  );
}

function isOtherRegion({ origin, region }: Facts): boolean {
  const ofHost = regionOfHost(hostOf(origin));
  return ofHost !== undefined && region !== undefined && ofHost !== region;
}

function wrongRegion(facts: Facts): Diagnosis {
  const { origin, region } = facts;
  const ofHost = regionOfHost(hostOf(origin));
  return {
    cause: 'wrong_region',
    sentence:
      `Requests are signed for the region ${region}, and ${origin ?? 'the service'} is ` +
      `${ofHost === undefined ? 'of another one' : `of ${ofHost}`}.`,
    mend: `Set ${regionVariable(facts)} to ${ofHost ?? 'the region of the target'}, or correct ${addressVariable(facts)}.`,
  };
}
