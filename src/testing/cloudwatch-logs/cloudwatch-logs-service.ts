import type { AwsService } from '../aws/aws-service.ts';
import { describeLogGroups, describeLogStreams } from './describe-operations.ts';
import { filterLogEvents } from './filter-log-events.ts';
import type { LocalCloudWatchLogs } from './local-cloudwatch-logs.ts';
import {
  createLogGroup,
  createLogStream,
  putRetentionPolicy,
  tagResource,
} from './log-group-operations.ts';
import { putLogEvents } from './put-log-events.ts';

/** The operations of CloudWatch Logs that a sender and a reader of logs need, and two a sender should not need. */
export function cloudWatchLogsService(store: LocalCloudWatchLogs): AwsService {
  return {
    name: 'cloudwatch-logs',
    signingName: 'logs',
    targetPrefix: 'Logs_20140328',
    jsonVersion: '1.1',
    operations: new Map([
      ['PutLogEvents', putLogEvents(store)],
      ['CreateLogGroup', createLogGroup(store)],
      ['CreateLogStream', createLogStream(store)],
      ['PutRetentionPolicy', putRetentionPolicy(store)],
      ['TagResource', tagResource(store)],
      ['DescribeLogGroups', describeLogGroups(store)],
      ['DescribeLogStreams', describeLogStreams(store)],
      ['FilterLogEvents', filterLogEvents(store)],
    ]),
    callsPerSecond: {
      PutLogEvents: 5_000,
      CreateLogStream: 50,
      PutRetentionPolicy: 5,
      TagResource: 5,
      DescribeLogGroups: 10,
      DescribeLogStreams: 25,
      FilterLogEvents: 5,
    },
    faultNames: {
      throttle: ['ThrottlingException', 'Rate exceeded'],
      unavailable: 'ServiceUnavailableException',
      internal: 'InternalFailure',
      expired: 'ExpiredTokenException',
      notFound: ['ResourceNotFoundException', 'The specified log stream does not exist.'],
    },
    deleteTarget: (target, what) => deleteTarget(store, target, what),
  };
}

// Both names may hold slashes, so the pair is looked up rather than taken apart.
function deleteTarget(store: LocalCloudWatchLogs, target: string, what: 'stream' | 'group'): void {
  for (const group of store.groups.values()) {
    if (what === 'group' && (target === group.name || target.startsWith(`${group.name}/`))) {
      store.deleteGroup(group.name);
    }
    for (const stream of group.streams.keys()) {
      if (target === `${group.name}/${stream}`) store.deleteStream(group.name, stream);
    }
  }
}
