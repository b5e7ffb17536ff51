import type { DestinationDoctor } from '../destination-doctor.ts';
import { busyRule } from './busy-rule.ts';
import type { Diagnosis, Facts, Failure, Rule } from './diagnosis.ts';
import { dropRule } from './drop-rule.ts';
import { endpointRule } from './endpoint-rule.ts';
import { keyRule } from './key-rule.ts';
import { networkRule, noAnswer } from './network-rule.ts';
import { permissionRule } from './permission-rule.ts';
import { setUpRule } from './set-up-rule.ts';
import { signatureRule } from './signature-rule.ts';
import { targetRule } from './target-rule.ts';
import { tlsRule } from './tls-rule.ts';

/** From what happens before a request to what the service says of the record. */
const SHARED_RULES: readonly Rule[] = [
  tlsRule,
  networkRule,
  signatureRule,
  targetRule,
  keyRule,
  permissionRule,
  endpointRule,
  busyRule,
  (_doctor, failure, facts) => noAnswer(failure, facts),
  dropRule,
];

/** The cause of a failure, in a sentence, and what to do about it. */
export function diagnose(doctor: DestinationDoctor, failure: Failure, facts: Facts): Diagnosis {
  for (const rule of [setUpRule, ...(doctor.rules ?? []), ...SHARED_RULES]) {
    const diagnosis = rule(doctor, failure, facts);
    if (diagnosis !== undefined) return diagnosis;
  }
  return {
    cause: 'unknown',
    sentence: `It failed for a reason that is not known here (${failure.code}): ${failure.message}.`,
    mend: 'Look up this code in the documentation of the service.',
  };
}
