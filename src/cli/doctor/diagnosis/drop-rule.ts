import type { Rule } from './diagnosis.ts';
import { clockSkew } from './signature-rule.ts';

/** The service was reached and did not take this record. */
export const dropRule: Rule = (_doctor, { code, message, reason }, facts) => {
  if (reason === 'too_new' || reason === 'too_old') {
    return {
      ...clockSkew(facts),
      sentence: `The service refuses a record of now as ${reason === 'too_new' ? 'too new' : 'too old'}: the clock of this machine is wrong.`,
    };
  }
  if (reason !== 'rejected' && reason !== 'invalid' && reason !== 'too_large') return undefined;
  return {
    cause: reason === 'too_large' ? 'too_large' : 'rejected_record',
    sentence: `The test record was refused (${code}): ${message}.`,
    mend: 'Look at the name and the options of the target in the message.',
  };
};
