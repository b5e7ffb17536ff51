import { describeError } from '../../describe-error.ts';
import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import {
  booleanOption,
  checkOptionsObject,
  choiceOption,
  numberOption,
} from '../../exporter/check-option.ts';
import { encodingContentOf } from '../../exporter/encoding-content.ts';
import { reusedMemoryFor } from '../../exporter/reused-memory.ts';
import { tell } from '../../exporter/tell.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { compileTargetName } from '../../route/target-name.ts';
import { shownOption } from '../../shown-option.ts';
import { LazyAwsClient } from '../aws/lazy-aws-client.ts';
import { renewCredentials } from '../aws/renew-credentials.ts';
import type { CloudWatchLogRecordExporterOptions } from './cloudwatch-log-record-exporter-options.ts';
import {
  CLOUDWATCH_LOGS_LIMITS,
  LOG_GROUP_NAME,
  LOG_STREAM_NAME,
} from './cloudwatch-logs-limits.ts';
import { createCloudWatchLogsSender } from './cloudwatch-logs-sender.ts';
import { DEFAULT_LOG_GROUP_NAME, DEFAULT_LOG_STREAM_NAME } from './default-names.ts';
import { copyEntity } from './entity-option.ts';
import { createEventFrame } from './event-frame.ts';
import { logGroupSettings, retentionOption } from './log-group-options.ts';
import { LogTargetCreator } from './log-target-creator.ts';

/** CloudWatch Logs as a destination. @throws InvalidOptionError */
export function createCloudWatchLogsDestination(
  options: CloudWatchLogRecordExporterOptions,
): BuiltInDestination {
  checkOptionsObject(options, '');
  refuseBytes(options);
  const limits = CLOUDWATCH_LOGS_LIMITS;
  const client = new LazyAwsClient({
    options,
    destinationName: 'cloudwatch-logs',
    packageName: '@aws-sdk/client-cloudwatch-logs',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
    create: (sdk, defaults, config) => new sdk.CloudWatchLogsClient({ ...defaults, ...config }),
  });
  const knownEntityErrors = new Set<string>();
  const memory = reusedMemoryFor(options.maxBufferedBytes);
  return {
    memory,
    name: 'cloudwatch-logs',
    spoolScope: client.region,
    keepsConcurrencyLimit: client.hasOwnConnections,
    copiesEntries: true,
    readsByName: true,
    readsEntries: 'each',
    nestsText: true,
    frame: createEventFrame(),
    limits: {
      maxEntries: limits.maxEvents,
      maxRequestBytes: limits.maxRequestBytes,
      maxEntryBytes: numberOption(
        'maxEventBytes',
        options.maxEventBytes,
        limits.defaultMaxEventBytes,
        {
          min: 256,
          max: limits.maxEventBytes,
          because: 'a limit of CloudWatch Logs',
        },
      ),
      minEntryBytes: 1,
      entryOverheadBytes: limits.eventOverheadBytes,
      maxSpanMillis: limits.maxSpanMillis,
    },
    targetNames: {
      logGroupName:
        options.logGroupName === undefined
          ? DEFAULT_LOG_GROUP_NAME
          : compileTargetName(options.logGroupName, LOG_GROUP_NAME),
      logStreamName:
        options.logStreamName === undefined
          ? DEFAULT_LOG_STREAM_NAME
          : compileTargetName(options.logStreamName, LOG_STREAM_NAME),
    },
    send: renewCredentials(
      createCloudWatchLogsSender({
        getClient: (resource) => client.get(resource),
        creator: createCreator(options),
        entity: copyEntity(options.entity),
        rejected: choiceOption('rejected', options.rejected, ['drop', 'restamp'], 'drop'),
        onRejectedEntity(errorType) {
          if (knownEntityErrors.has(errorType)) return;
          knownEntityErrors.add(errorType);
          warn(`the service stored the events but refused \`entity\`: ${errorType}`);
        },
        buffers: memory,
      }),
      () => client.get(),
    ),
    close: () => client.close(),
  };
}

function createCreator(options: CloudWatchLogRecordExporterOptions): LogTargetCreator {
  return new LogTargetCreator({
    createLogGroup: booleanOption('createLogGroup', options.createLogGroup, true),
    createLogStream: booleanOption('createLogStream', options.createLogStream, true),
    retentionInDays: retentionOption(options.retentionInDays),
    groupSettings: logGroupSettings(options),
    onRefusedRetention: (error) =>
      warn(`a log group was created without \`retentionInDays\`: ${describeError(error)}`),
  });
}

function warn(message: string): void {
  tell('warn', `cloudwatch-logs: ${message}`);
}

/** An event's message is text that people search: no bytes fit in. */
function refuseBytes({ compression, encoding }: CloudWatchLogRecordExporterOptions): void {
  if (compression !== undefined && compression !== 'none') {
    throw new InvalidOptionError(
      `Expected no \`compression\` for CloudWatch Logs, got ${shownOption(compression)}: an event is text, ` +
        'and compressed bytes could be neither stored nor searched',
    );
  }
  const { isText, name } = encodingContentOf(encoding);
  if (!isText) {
    throw new InvalidOptionError(
      "Expected a text `encoding` for CloudWatch Logs such as 'json', got bytes " +
        `('${name}'): an event's message is text`,
    );
  }
}
