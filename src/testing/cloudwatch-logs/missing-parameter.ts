import { AwsError } from '../aws/aws-error.ts';
import type { MissingMember } from '../aws/aws-operation.ts';

export const missingParameter: MissingMember = ({ path, message }) =>
  new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: ${message}`,
  );
