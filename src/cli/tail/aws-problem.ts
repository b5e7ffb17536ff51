import { describeError } from '../../describe-error.ts';

/** What a reader of one AWS service wants, for what is told when it fails. */
export interface AwsReading {
  /** `the queue logs`. */
  readonly what: string;
  /** `sqs:ReceiveMessage`. */
  readonly permissions: string;
}

/** One sentence on why a call of AWS failed, with the mend where it is known. */
export function awsProblem(error: Error, { permissions, what }: AwsReading): string {
  const text = describeError(error);
  if (/Region (?:is missing|not accepted)/u.test(error.message)) {
    return 'no region is set, or one that is none: set AWS_REGION or give --region';
  }
  if (/CredentialsProviderError|Could not load credentials|TokenProviderError/u.test(text)) {
    return `no AWS credentials were found: set AWS_PROFILE, or the keys in the environment (${text})`;
  }
  if (/AccessDenied|NotAuthorized/u.test(text)) {
    return `the credentials may not read ${what}: they need ${permissions} (${text})`;
  }
  if (/NotFound|DoesNotExist|NonExistent/u.test(text)) {
    return `there is no ${what} in this region and account (${text})`;
  }
  return `${what}: ${text}`;
}
