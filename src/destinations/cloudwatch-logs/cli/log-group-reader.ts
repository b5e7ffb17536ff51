import type {
  FilteredLogEvent,
  FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { type AwsClientOptions, awsClientConfig } from '../../../cli/tail/aws-client.ts';
import { importPackage } from '../../../cli/tail/import-package.ts';

/** Which events of a group are read. */
export interface LogGroupOptions extends AwsClientOptions {
  readonly stream?: readonly string[];
  readonly streamPrefix?: string;
}

export interface LogEventPage {
  readonly events: readonly FilteredLogEvent[];
  readonly nextToken: string | undefined;
}

/** Reads the events of a log group in the order of their time, page by page. */
export interface LogGroupReader {
  page(
    startTime: number,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<LogEventPage>;
  close(): void;
}

/** The group of a name or an ARN. */
export async function openLogGroup(
  group: string,
  options: LogGroupOptions,
): Promise<LogGroupReader> {
  const name = '@aws-sdk/client-cloudwatch-logs';
  const sdk = await importPackage(
    name,
    'tail cloudwatch-logs',
    () => import('@aws-sdk/client-cloudwatch-logs'),
  );
  const client = new sdk.CloudWatchLogsClient(awsClientConfig(options));
  const which: FilterLogEventsCommandInput = {
    ...(group.startsWith('arn:')
      ? { logGroupIdentifier: group.replace(/:\*$/u, '') }
      : { logGroupName: group }),
    ...(options.stream && { logStreamNames: [...options.stream] }),
    ...(options.streamPrefix && { logStreamNamePrefix: options.streamPrefix }),
  };
  return {
    async page(startTime, nextToken, abortSignal) {
      const command = new sdk.FilterLogEventsCommand({
        ...which,
        startTime,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      const output = await client.send(command, { abortSignal });
      return { events: output.events ?? [], nextToken: output.nextToken };
    },
    close: () => client.destroy(),
  };
}
