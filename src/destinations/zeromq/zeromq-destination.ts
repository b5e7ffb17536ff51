import type { BuiltInDestination } from '../../exporter/built-in-destination.ts';
import {
  booleanOption,
  checkOptionsObject,
  choiceOption,
  numberOption,
} from '../../exporter/check-option.ts';
import { compressionOption, createCompressor } from '../../exporter/compress-bytes.ts';
import { MAX_TIMER_MILLIS } from '../../exporter/runtime.ts';
import type { PackLimits } from '../../pack/pack-limits.ts';
import { compileTargetName } from '../../route/target-name.ts';
import { serverOf } from '../server-of.ts';
import { defaultTopic, encodingLetterOf } from './default-topic.ts';
import { LazySocket } from './lazy-socket.ts';
import { performanceOption } from './performance-option.ts';
import { socketOpener } from './socket-option.ts';
import { TOPIC_NAME, ZEROMQ_DEFAULTS, ZEROMQ_LIMITS } from './zeromq-limits.ts';
import type { ZeroMqLogRecordExporterOptions } from './zeromq-log-record-exporter-options.ts';
import { createZeroMqSender } from './zeromq-sender.ts';

export interface ZeroMqDestination extends BuiltInDestination {
  /** Resolves when ZeroMQ has sent what it holds, or after the linger time. */
  close(): Promise<void>;
}

/** ZeroMQ as a destination: two frames a message, topic and body. @throws InvalidOptionError */
export function createZeroMqDestination(
  options: ZeroMqLogRecordExporterOptions,
): ZeroMqDestination {
  checkOptionsObject(options, '`endpoint` or `socket`');
  const isAggregated =
    choiceOption('aggregation', options.aggregation, ['none', 'lines'], 'none') === 'lines';
  const compression = compressionOption(options.compression);
  const socket = new LazySocket(socketOpener(options));
  return {
    name: 'zeromq',
    spoolScope: typeof options.endpoint === 'string' ? options.endpoint : '',
    ...serverOf(options.bind === true ? undefined : options.endpoint),
    compresses: true,
    limits: limitsOf(options, isAggregated),
    targetNames: { topic: topicOf(options) },
    delimiter: isAggregated ? '\n' : '',
    // The order of a topic is what its numbers are for.
    ordered: true,
    readsByName: true,
    readsEntries: 'each',
    numbered: booleanOption('sequence', options.sequence, true),
    send: createZeroMqSender({
      socket,
      sendTimeoutMillis: numberOption(
        'sendTimeoutMillis',
        options.sendTimeoutMillis,
        ZEROMQ_DEFAULTS.sendTimeoutMillis,
        { min: 1, max: MAX_TIMER_MILLIS, integer: false },
      ),
      compress: compression === 'none' ? undefined : createCompressor(compression),
    }),
    close: () => socket.close(),
  };
}

function topicOf(options: ZeroMqLogRecordExporterOptions): ReturnType<typeof compileTargetName> {
  const isPerformance = performanceOption(options.performance);
  if (options.topic !== undefined) return compileTargetName(options.topic, TOPIC_NAME);
  return defaultTopic(encodingLetterOf(options.encoding), isPerformance);
}

function limitsOf(options: ZeroMqLogRecordExporterOptions, isAggregated: boolean): PackLimits {
  const { maxMessageBytes: largest, messagesInTurn, minMessageBytes } = ZEROMQ_LIMITS;
  const maxEntryBytes = numberOption(
    'maxMessageBytes',
    options.maxMessageBytes,
    ZEROMQ_DEFAULTS.maxMessageBytes,
    { min: minMessageBytes, max: largest },
  );
  const maxLines = numberOption(
    'maxRecordsPerMessage',
    options.maxRecordsPerMessage,
    ZEROMQ_DEFAULTS.maxRecordsPerMessage,
    { min: 1 },
  );
  return {
    maxEntries: messagesInTurn,
    maxRequestBytes: Math.max(4 * 1024 * 1024, maxEntryBytes),
    maxEntryBytes,
    ...(isAggregated ? { aggregate: { maxLines, maxBytes: maxEntryBytes } } : {}),
  };
}
