import { diagnose as diagnoseFor } from '../../../../src/cli/doctor/diagnosis/diagnose.ts';
import type { Diagnosis, Facts, Failure } from '../../../../src/cli/doctor/diagnosis/diagnosis.ts';
import type { DestinationName } from '../../../../src/destinations/manifests.ts';
import { doctors } from '../../support/doctors.ts';

export const aws: Facts = {
  origin: 'https://sqs.eu-west-1.amazonaws.com',
  region: 'eu-west-1',
  target: 'the queue `logs`',
  action: 'sqs:SendMessage',
  addressVariable: 'AWS_ENDPOINT_URL',
  regionVariable: 'AWS_REGION',
  timeoutMillis: 1000,
};

export const web: Facts = {
  origin: 'https://logs.example',
  addressVariable: 'URL',
  timeoutMillis: 1000,
};

export const awsError = (code: string, message = '', httpStatusCode = 400): Failure => ({
  code,
  message,
  httpStatusCode,
  reason: 'rejected',
});

export const local = (code: string, message = ''): Failure => ({ code, message });

export function diagnose(name: DestinationName, failure: Failure, facts: Facts): Diagnosis {
  return diagnoseFor(doctors[name], failure, facts);
}

export function causeOf(name: DestinationName, failure: Failure, facts: Facts): string {
  return diagnose(name, failure, facts).cause;
}
