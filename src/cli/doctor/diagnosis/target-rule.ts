import { variableOf } from '../../settings/variable-of.ts';
import type { Rule } from './diagnosis.ts';
import { regionVariable } from './words-for.ts';

const MISSING =
  /(?:^|\.)(?:ResourceNotFoundException|QueueDoesNotExist|NonExistentQueue|InvalidAddress)$/u;

/** The group, stream or queue does not exist where it is looked up. */
export const targetRule: Rule = ({ name, targetOption }, { code, message }, facts) => {
  if (!MISSING.test(code)) return undefined;
  const { region, target } = facts;
  const where = region === undefined ? '' : ` in ${region}`;
  const option = /and `(createLog\w+): false`/u.exec(message)?.[1];
  const what = target ?? 'the target';
  const orElse =
    region === undefined
      ? ''
      : `, or set ${regionVariable(facts)} if it is in another region than ${region}`;
  return {
    cause: 'missing_target',
    sentence: `${what[0]?.toUpperCase()}${what.slice(1)} does not exist${where} in the account of these credentials.`,
    mend:
      option === undefined
        ? `Create it, correct ${variableOf(name, targetOption)}${orElse}.`
        : `Create it, or leave out ${variableOf(name, option)}${orElse}.`,
  };
};
