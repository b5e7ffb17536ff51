import type { DestinationName } from '../../../setup/environment/destination-variables.ts';
import { busyRule } from './busy-rule.ts';
import type { Diagnosis, Facts, Failure, Rule } from './diagnosis.ts';
import { dropRule } from './drop-rule.ts';
import { endpointRule } from './endpoint-rule.ts';
import { httpRule } from './http-rule.ts';
import { keyRule } from './key-rule.ts';
import { networkRule, noAnswer } from './network-rule.ts';
import { permissionRule } from './permission-rule.ts';
import { setUpRule } from './set-up-rule.ts';
import { signatureRule } from './signature-rule.ts';
import { targetRule } from './target-rule.ts';
import { tlsRule } from './tls-rule.ts';
import { zeromqRule } from './zeromq-rule.ts';

/** From what happens before a request to what the service says of the record. */
const RULES: readonly Rule[] = [
  setUpRule,
  zeromqRule,
  tlsRule,
  networkRule,
  httpRule,
  signatureRule,
  targetRule,
  keyRule,
  permissionRule,
  endpointRule,
  busyRule,
  (_exporterName, failure, facts) => noAnswer(failure, facts),
  dropRule,
];

/** The cause of a failure, in a sentence, and what to do about it. */
export function diagnose(exporterName: DestinationName, failure: Failure, facts: Facts): Diagnosis {
  for (const rule of RULES) {
    const diagnosis = rule(exporterName, failure, facts);
    if (diagnosis !== undefined) return diagnosis;
  }
  return {
    cause: 'unknown',
    sentence: `It failed for a reason that is not known here (${failure.code}): ${failure.message}.`,
    mend: 'Look up this code in the documentation of the service.',
  };
}
