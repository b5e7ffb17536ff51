import { startLocalServices } from '../../src/testing/index.ts';
import { LOG_NAMES } from './call-candidates.ts';

/** The local services in a process of their own; they check every call and keep nothing. */
const services = await startLocalServices({
  firehose: { keepRecords: false },
  cloudWatchLogs: {
    keepEvents: false,
    groups: { [LOG_NAMES.logGroupName]: [LOG_NAMES.logStreamName] },
  },
  sqs: { keepMessages: false },
});
process.send?.(services.clientConfig);
process.on('disconnect', () => void services.close());
