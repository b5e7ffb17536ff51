import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { callUserFunction } from '../../call-user-function.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { escapeName } from '../../route/name-rule.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { FIFO_SUFFIX, QUEUE_NAME, QUEUE_URL } from './sqs-limits.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';

export interface QueueOption {
  /** By option: the one of `queueName` and `queueUrl` that is given. */
  readonly names: Readonly<Record<string, TargetName>>;
  /** False when it is sure that no record goes to a FIFO queue. */
  readonly mayBeFifo: boolean;
}

/** @throws InvalidOptionError unless exactly one of `queueName` and `queueUrl` is given, and right. */
export function compileQueueOption(options: SqsLogRecordExporterOptions): QueueOption {
  const { queueName, queueUrl } = options;
  if ((queueName === undefined) === (queueUrl === undefined)) {
    const got = queueName === undefined ? 'none' : 'both';
    throw new InvalidOptionError(`Expected either \`queueUrl\` or \`queueName\`, got ${got}`);
  }
  const option = queueName ?? queueUrl;
  return {
    names:
      queueName === undefined
        ? { queueUrl: compileQueueUrl(queueUrl) }
        : { queueName: compileQueueName(queueName) },
    mayBeFifo: typeof option === 'function' || option.endsWith(FIFO_SUFFIX),
  };
}

export function isFifo(queue: string): boolean {
  return queue.endsWith(FIFO_SUFFIX);
}

const FIFO_BASE = { ...QUEUE_NAME, maxLength: QUEUE_NAME.maxLength - FIFO_SUFFIX.length };

function compileQueueName(option: NameOption): TargetName {
  if (typeof option === 'function') {
    const render = (record: ReadableLogRecord): string => escapeQueueName(nameOf(option, record));
    const renderOverflow = (record: ReadableLogRecord): string =>
      isFifo(render(record)) ? `overflow${FIFO_SUFFIX}` : 'overflow';
    return { rule: QUEUE_NAME, variesBy: 'record', render, renderOverflow };
  }
  if (typeof option !== 'string' || !isFifo(option)) return compileTargetName(option, QUEUE_NAME);
  // The suffix is outside of what is escaped and cut, so that a FIFO queue stays one.
  const base = compileTargetName(option.slice(0, -FIFO_SUFFIX.length), FIFO_BASE);
  return {
    ...base,
    render: (record) => `${base.render(record)}${FIFO_SUFFIX}`,
    renderOverflow: (record) => `${base.renderOverflow(record)}${FIFO_SUFFIX}`,
  };
}

function escapeQueueName(name: string): string {
  if (!isFifo(name) || name === FIFO_SUFFIX) return escapeName(name, QUEUE_NAME);
  return `${escapeName(name.slice(0, -FIFO_SUFFIX.length), FIFO_BASE)}${FIFO_SUFFIX}`;
}

function compileQueueUrl(option: NameOption | undefined): TargetName {
  if (typeof option === 'function') {
    const compiled = compileTargetName(option, QUEUE_URL);
    // There is no address for all: the queue of that name beside the record's own.
    const renderOverflow = (record: ReadableLogRecord): string => {
      const url = compiled.render(record);
      return `${url.slice(0, url.lastIndexOf('/'))}/overflow${isFifo(url) ? FIFO_SUFFIX : ''}`;
    };
    return { ...compiled, renderOverflow };
  }
  if (typeof option !== 'string' || !/^https?:\/\/[^/{}]+\/./u.test(option)) {
    throw new InvalidOptionError(
      'Expected `queueUrl` to be an http(s) address with a fixed host and a path, such as ' +
        `https://sqs.eu-west-1.amazonaws.com/123456789012/logs, got ${hostOf(option)}`,
    );
  }
  if (option.includes('@')) {
    throw new InvalidOptionError(
      'Expected `queueUrl` to have no "@", as credentials belong in `clientConfig`, got ' +
        hostOf(option),
    );
  }
  return compileTargetName(option, QUEUE_URL);
}

/** A path or a query may hold a secret as well as what stands before an `@`. */
function hostOf(address: unknown): string {
  if (typeof address !== 'string') return shownOption(address);
  return URL.canParse(address) ? `\`${new URL(address).origin}/…\`` : '`…`';
}

function nameOf(
  option: (record: ReadableLogRecord) => string | undefined,
  record: ReadableLogRecord,
): string {
  const name = callUserFunction(() => option(record));
  return typeof name === 'string' && name !== '' ? name : 'unknown';
}
