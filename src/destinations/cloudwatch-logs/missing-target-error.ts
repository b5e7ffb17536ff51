import { ServiceError } from '../../service-error.ts';

/** Says what does not exist and which options keep the exporter from creating it. */
export function missingTargetError(what: string, switchedOff: readonly string[]): ServiceError {
  const options = switchedOff.map((option) => `\`${option}: false\``).join(' and ');
  return new ServiceError(
    `The log ${what} does not exist, and ${options} forbids to create it: create it yourself or leave the option out`,
    { code: 'ResourceNotFoundException', httpStatusCode: 400 },
  );
}
