import { randomUUID } from 'node:crypto';
import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import { checkOptionsObject } from '../../exporter/check-option.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import { tell } from '../../exporter/tell.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { compileTargetName, type TargetName } from '../../route/target-name.ts';
import { LazyAwsClient } from '../aws/lazy-aws-client.ts';
import { renewCredentials } from '../aws/renew-credentials.ts';
import { serverOf } from '../server-of.ts';
import {
  compileMessageAttributes,
  type MessageAttributesOption,
} from './message-attributes-option.ts';
import { createMessageFormat } from './message-format.ts';
import { messageLimits } from './message-limits.ts';
import { compileQueueOption, isFifo } from './queue-option.ts';
import { QueueUrlLookup } from './queue-url-lookup.ts';
import { QUIET_LOGGER } from './quiet-logger.ts';
import { MESSAGE_GROUP_ID } from './sqs-limits.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';
import { createSqsSender, queueOf } from './sqs-sender.ts';

/** Amazon SQS as a destination. @throws InvalidOptionError */
export function createSqsDestination(options: SqsLogRecordExporterOptions): BuiltInDestination {
  checkOptionsObject(options, '`queueUrl` or `queueName`');
  const queue = compileQueueOption(options);
  const format = createMessageFormat(options);
  const attributes = compileMessageAttributes(options.messageAttributes, format.attributes);
  checkSpooledOrder(options, attributes);
  const client = new LazyAwsClient({
    options,
    destinationName: 'sqs',
    packageName: '@aws-sdk/client-sqs',
    load: () => import('@aws-sdk/client-sqs'),
    create: (sdk, defaults, config) =>
      // Without checksums of what was sent over TLS already: they cost 1 ms for each MiB.
      new sdk.SQSClient({ md5: false, logger: QUIET_LOGGER, ...defaults, ...config }),
  });
  const lookup = new QueueUrlLookup();
  let hasToldOfChecksum = false;
  const memory = reusedMemoryFor(options.maxBufferedBytes);
  return {
    memory,
    name: 'sqs',
    spoolScope: client.region,
    keepsConcurrencyLimit: client.hasOwnConnections,
    copiesEntries: true,
    readsByName: true,
    nestsText: !format.isBase64,
    ...serverOf(options.queueUrl),
    compresses: true,
    limits: messageLimits(options, format, attributes.maxBytes),
    targetNames: { ...queue.names, ...groupName(options, queue.mayBeFifo), ...attributes.names },
    delimiter: options.aggregation === 'lines' ? '\n' : '',
    ordered: (target) => isFifo(queueOf(target)),
    // Messages of one call have the same attributes here; the queue keeps the order of a group whatever they are.
    orderKeyOf: (target) =>
      isFifo(queueOf(target))
        ? JSON.stringify([queueOf(target), target.names['messageGroupId']])
        : undefined,
    send: renewCredentials(
      createSqsSender({
        getClient: (resource) => client.get(resource),
        lookup,
        format,
        maxEntryBytesFor: (messageBytes) =>
          format.maxContentBytes(messageBytes - attributes.maxBytes),
        groupsAlways: options.messageGroupId !== undefined,
        deduplicationPrefix: randomUUID(),
        onChecksumError() {
          if (hasToldOfChecksum) return;
          hasToldOfChecksum = true;
          tell(
            'warn',
            'sqs: the client found a wrong checksum in an answer; the queue has the messages',
          );
        },
        buffers: memory,
      }),
      () => client.get(),
    ),
    release: (target) => lookup.forget(queueOf(target)),
    close: () => client.close(),
  };
}

function groupName(
  { messageGroupId }: SqsLogRecordExporterOptions,
  mayBeFifo: boolean,
): Record<string, TargetName> {
  const name = compileTargetName(messageGroupId ?? '{service.name}', MESSAGE_GROUP_ID);
  if (messageGroupId !== undefined || mayBeFifo) return { messageGroupId: name };
  // Of records that another exporter left on disk for a FIFO queue, which takes none without a group.
  return { messageGroupId: { ...name, isKeptWith: (names) => isFifo(queueOf({ names })) } };
}

/**
 * On disk records of different attributes lie in different files, and come back from there in an order of their own.
 * @throws InvalidOptionError where that would cost the order of a group.
 */
function checkSpooledOrder(
  { queueName, queueUrl, spool }: SqsLogRecordExporterOptions,
  { names }: MessageAttributesOption,
): void {
  const queue = queueName ?? queueUrl;
  if (spool === undefined || typeof queue !== 'string' || !isFifo(queue)) return;
  const [varying] = Object.entries(names).find(([, { variesBy }]) => variesBy === 'record') ?? [];
  if (varying === undefined) return;
  throw new InvalidOptionError(
    `Expected \`${varying}\` to be the same for all records of a service, as there is a \`spool\` and \`${queue}\` is a ` +
      'FIFO queue: on disk their order would be lost. Leave out the attribute or the `spool`, or use a standard queue',
  );
}
