import type { Failure, Rule } from './diagnosis.ts';

const BY_CODE: Readonly<Record<string, string>> = {
  KmsAccessDenied: 'its policy does not let these credentials use it',
  KmsDisabled: 'it is disabled',
  KmsInvalidKeyUsage: 'it is not made for encryption',
  KmsInvalidState: 'it is about to be deleted or not ready',
  KmsNotFound: 'it does not exist',
  KmsOptInRequired: 'the account may not use KMS',
};

/** True when a KMS key is to blame, also where the service says no more than that access is denied. */
export function isKeyProblem({ code, message }: Failure): boolean {
  return Object.hasOwn(BY_CODE, code) || /KMS/u.test(code) || /\bKMS key\b|\bkms:/iu.test(message);
}

/** The key that encrypts the target cannot be used. */
export const keyRule: Rule = ({ keyMend }, failure, { target }) => {
  // A throttled key passes with time, like other throttling.
  if (!isKeyProblem(failure) || /Throttl/u.test(failure.code)) return undefined;
  const reason = BY_CODE[failure.code] ?? failure.message;
  return {
    cause: 'kms_key',
    sentence: `The KMS key of ${target ?? 'the target'} cannot be used: ${reason}.`,
    mend: keyMend ?? 'Look at the key and its policy.',
  };
};
