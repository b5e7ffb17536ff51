import type { AwsIdentity } from './aws-destination.ts';

/** The SDK's names for where credentials come from, in words; the first that is there. */
const SOURCES: readonly (readonly [feature: string, words: string])[] = [
  ['CREDENTIALS_CODE', 'given in code'],
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'a role by web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a role by web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'a role that was assumed'],
  ['CREDENTIALS_SSO', 'a session of IAM Identity Center'],
  ['CREDENTIALS_SSO_LEGACY', 'a session of IAM Identity Center'],
  ['CREDENTIALS_PROFILE_SSO', 'a session of IAM Identity Center'],
  ['CREDENTIALS_PROCESS', 'a process named in the profile'],
  ['CREDENTIALS_HTTP', 'the role of the container'],
  ['CREDENTIALS_IMDS', 'the role of the machine'],
  ['CREDENTIALS_ENV_VARS', 'environment variables'],
  ['CREDENTIALS_PROFILE', 'the AWS profile'],
];

/** Where credentials come from and which they are: never the secret, of the key id its ends. */
export function describeCredentials(identity: AwsIdentity, nowMillis: number): string {
  const { accessKeyId, expiration, sessionToken } = identity;
  const source: unknown = '$source' in identity ? identity.$source : undefined;
  const isOf = (feature: string): boolean =>
    typeof source === 'object' && source !== null && feature in source;
  const words = SOURCES.find(([feature]) => isOf(feature))?.[1] ?? 'the AWS SDK';
  return [
    `${words}, access key ${shortened(accessKeyId)}`,
    ...(sessionToken === undefined ? [] : ['with a session token']),
    ...(expiration === undefined ? [] : [expiryOf(expiration, nowMillis)]),
  ].join(', ');
}

function shortened(accessKeyId: string): string {
  return accessKeyId.length < 12 ? '…' : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}

function expiryOf(expiration: Date, nowMillis: number): string {
  const minutes = Math.round((expiration.getTime() - nowMillis) / 60_000);
  return minutes < 0 ? 'expired' : `valid for ${minutes} minutes`;
}
