import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { callUserFunction } from '../../call-user-function.ts';
import type { Destination } from '../../exporter/destination.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { escapeName } from '../../route/name-rule.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { ServiceError } from '../../service-error.ts';
import { shownOption } from '../../shown-option.ts';
import { STREAM_ARN, STREAM_NAME } from './kinesis-limits.ts';
import type { KinesisLogRecordExporterOptions } from './kinesis-log-record-exporter-options.ts';

/** What stands before the name is of an account, and never made of a record; what is behind it is the name. */
const PARTS = /^(arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/)(.+)$/su;

/** In place of an ARN that a function owes. */
const NO_ARN = 'unknown';

/** The stream by the one option that names it. @throws InvalidOptionError */
export function compileStreamOption({
  streamArn,
  streamName,
}: KinesisLogRecordExporterOptions): Readonly<Record<string, TargetName>> {
  if ((streamName === undefined) === (streamArn === undefined)) {
    const got = streamName === undefined ? 'none' : 'both';
    throw new InvalidOptionError(`Expected either \`streamName\` or \`streamArn\`, got ${got}`);
  }
  return streamName === undefined
    ? { streamArn: compileStreamArn(streamArn) }
    : { streamName: compileTargetName(streamName, STREAM_NAME) };
}

/** Rejects at once what has no stream: the SDK finds no address for it and the service is never asked. */
export function rejectWithoutArn(send: Destination['send']): Destination['send'] {
  return async (request, context) => {
    if (request.target.names['streamArn'] !== NO_ARN) return send(request, context);
    const message = 'The function `streamArn` answered no ARN of a data stream';
    const error = new ServiceError(message, { code: 'InvalidStreamArn' });
    return { status: 'rejected', reason: 'rejected', error };
  };
}

function compileStreamArn(option: NameOption): TargetName {
  if (typeof option === 'function') return fromFunction(option);
  const [, prefix = '', template = ''] =
    (typeof option === 'string' ? PARTS.exec(option) : undefined) ?? [];
  const sample = template.replaceAll(/\{[^{}]*\}/gu, 'x');
  if (sample.search(STREAM_NAME.forbidden) >= 0 || !isNameLength(sample.length)) {
    throw new InvalidOptionError(
      'Expected `streamArn` to be an ARN such as arn:aws:kinesis:eu-west-1:123456789012:stream/logs, with ' +
        `placeholders in its name only, which has 1 to ${STREAM_NAME.maxLength} characters, got ${shownOption(option)}`,
    );
  }
  const name = compileTargetName(template, STREAM_NAME);
  return {
    rule: STREAM_ARN,
    variesBy: name.variesBy,
    render: (record) => `${prefix}${name.render(record)}`,
    renderOverflow: (record) => `${prefix}${name.renderOverflow(record)}`,
  };
}

/** A stream has no name to fall back on that would be one of the account: what is no ARN stays none. */
function fromFunction(option: (record: ReadableLogRecord) => string | undefined): TargetName {
  const partsOf = (record: ReadableLogRecord): readonly string[] => {
    const arn = callUserFunction(() => option(record));
    return (typeof arn === 'string' ? PARTS.exec(arn) : undefined) ?? [];
  };
  return {
    rule: STREAM_ARN,
    variesBy: 'record',
    render(record) {
      const [, prefix, name] = partsOf(record);
      if (prefix === undefined || name === undefined) return NO_ARN;
      return `${prefix}${escapeName(name, STREAM_NAME)}`;
    },
    // There is no ARN for all: the stream of that name beside the record's own.
    renderOverflow(record) {
      const [, prefix] = partsOf(record);
      return prefix === undefined ? NO_ARN : `${prefix}overflow`;
    },
  };
}

function isNameLength(length: number): boolean {
  return length >= 1 && length <= STREAM_NAME.maxLength;
}
