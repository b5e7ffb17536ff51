import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import type { EmulatorClientConfig } from './client-config.ts';

/** The events of each stream of a log group, by the stream's name, in their order. */
export async function storedLogEvents(
  config: EmulatorClientConfig,
  logGroupName: string,
): Promise<Record<string, OutputLogEvent[]>> {
  const client = new CloudWatchLogsClient(config);
  try {
    const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({ logGroupName }));
    const byStream: Record<string, OutputLogEvent[]> = {};
    for (const { logStreamName = '' } of logStreams) {
      byStream[logStreamName] = await eventsOf(client, logGroupName, logStreamName);
    }
    return byStream;
  } finally {
    client.destroy();
  }
}

async function eventsOf(
  client: CloudWatchLogsClient,
  logGroupName: string,
  logStreamName: string,
): Promise<OutputLogEvent[]> {
  const stored: OutputLogEvent[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await client.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, nextToken }),
    );
    stored.push(...(page.events ?? []));
    // The end is where the token stays the same, not where a page is empty.
    if (page.nextForwardToken === nextToken || page.events?.length === 0) return stored;
    nextToken = page.nextForwardToken;
  }
}
