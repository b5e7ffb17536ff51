import { randomInt } from 'node:crypto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { callUserFunction, catchLater } from '../../call-user-function.ts';
import { functionOption } from '../../exporter/check-option.ts';
import { escapeName, type NameRule } from '../../route/name-rule.ts';
import { textOf } from '../../route/placeholder.ts';
import type { Target } from '../../route/target.ts';
import type { TargetName } from '../../route/target-name.ts';
import type { HttpOptions, HttpRequestGroup } from './http-log-record-exporter-options.ts';

/** A group is any text: it names a request's records and is not sent by itself. */
const GROUP_RULE: NameRule = {
  option: 'groupBy',
  forbidden: /\0/gu,
  forbiddenInValue: /\0/gu,
  maxLength: 1024,
  shown: (group) => group.slice(0, 100).replace(/\p{Cc}/gu, '_'),
};

/** @throws InvalidOptionError */
export function compileGroup(groupBy: HttpOptions['groupBy']): TargetName | undefined {
  const choose = functionOption('groupBy', groupBy);
  if (choose === undefined) return undefined;
  return {
    rule: GROUP_RULE,
    variesBy: 'record',
    render(record) {
      const answer = callUserFunction(() => textOf(catchLater(choose(record, record.resource))));
      return escapeName(answer || 'unknown', GROUP_RULE);
    },
    renderOverflow: () => 'overflow',
  };
}

/** The number of records that have no resource, or of several resources in the overflow target. */
const NO_RESOURCE = '0';

/**
 * Numbers the resources, so that records of two of them, whose headers may differ, share no request. The
 * numbers of two exporters differ: the spool may bring back records of another process.
 */
export function createResourceName(): TargetName {
  const exporterNumber = randomInt(1, 2 ** 47);
  const numbers = new WeakMap<object, string>();
  let lastNumber = 0;
  const render = ({ resource }: ReadableLogRecord): string => {
    if (typeof resource !== 'object' || resource === null) return NO_RESOURCE;
    let number = numbers.get(resource);
    if (number === undefined) {
      lastNumber += 1;
      number = `${exporterNumber}${String(lastNumber).padStart(6, '0')}`;
      numbers.set(resource, number);
    }
    return number;
  };
  const rule: NameRule = {
    option: 'resource',
    forbidden: /\D/gu,
    forbiddenInValue: /\D/gu,
    maxLength: 32,
    shown: () => '',
  };
  return { rule, variesBy: 'resource', render, renderOverflow: () => NO_RESOURCE };
}

/** The one resource of all records of a target; without attributes where they have several. */
export function resourceOf({ names, resource }: Target): HttpRequestGroup['resource'] {
  return resource === undefined || names['resource'] === NO_RESOURCE
    ? { attributes: {} }
    : resource;
}
