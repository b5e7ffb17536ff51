import { AwsError } from '../aws/aws-error.ts';
import type { MissingMember } from '../aws/aws-operation.ts';

export const missingParameter: MissingMember = ({ path }) => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const member = name.charAt(0).toUpperCase() + name.slice(1);
  return new AwsError('MissingParameter', `The request must contain the parameter ${member}.`);
};
