import type { Diagnosis, Rule } from './diagnosis.ts';
import { addressVariable, regionVariable } from './words-for.ts';

/** What is missing before any request: a package, the region, credentials. */
export const setUpRule: Rule = (_doctor, { code, message }, facts) => {
  if (code === 'ERR_MISSING_PACKAGE') {
    const name = /`([^`]+)`/u.exec(message)?.[1] ?? 'an optional package';
    return {
      cause: 'missing_package',
      sentence: `The package ${name} is not installed.`,
      mend: `npm install ${name}`,
    };
  }
  if (code === 'ERR_MISSING_OPTION') {
    return {
      cause: 'missing_configuration',
      sentence: 'The exporter does not know where to send.',
      mend: `Set ${message}.`,
    };
  }
  if (code === 'ERR_INVALID_OPTION') {
    return {
      cause: 'invalid_configuration',
      sentence: message,
      mend: 'Correct the variable of that option.',
    };
  }
  if (/^Region is missing/u.test(message)) {
    return {
      cause: 'missing_region',
      sentence: 'No region is set: neither a variable nor the AWS profile names one.',
      mend: 'Set AWS_REGION to the region of the target; the SDK for JavaScript does not read AWS_DEFAULT_REGION.',
    };
  }
  if (/^(?:Region not accepted|Invalid region)/iu.test(message)) {
    return {
      cause: 'invalid_region',
      sentence: 'The region has characters that no region has.',
      mend: `Set ${regionVariable(facts)} to a region such as eu-west-1.`,
    };
  }
  if (code === 'ERR_INVALID_URL' || message === 'Invalid URL') {
    return {
      cause: 'invalid_configuration',
      sentence: 'The endpoint is no address.',
      mend: `Set ${addressVariable(facts)} to an address such as https://host:443, or leave it out.`,
    };
  }
  return credentials(code, message);
};

function credentials(code: string, message: string): Diagnosis | undefined {
  const isOfProvider = code === 'CredentialsProviderError' || code === 'TokenProviderError';
  if (!isOfProvider && !/credential object is not valid/iu.test(message)) return undefined;
  if (/expired|sso login|token is invalid/iu.test(message)) {
    return {
      cause: 'expired_credentials',
      sentence: `The session of the AWS profile has ended: ${message}`,
      mend: 'Sign in again, for example with `aws sso login`.',
    };
  }
  if (/profile/iu.test(message)) {
    return {
      cause: 'missing_credentials',
      sentence: `The AWS profile gives no credentials: ${message}`,
      mend: 'Check AWS_PROFILE and that profile in ~/.aws/config and ~/.aws/credentials.',
    };
  }
  return {
    cause: 'missing_credentials',
    sentence: 'The AWS SDK finds no credentials: no variables, no profile, no role of the machine.',
    mend:
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine, container or ' +
      'function a role.',
  };
}
