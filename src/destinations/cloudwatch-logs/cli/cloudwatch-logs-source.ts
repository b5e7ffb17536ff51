import { setTimeout } from 'node:timers/promises';
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { CliIo } from '../../../cli/cli-io.ts';
import type { EncodingOptions } from '../../../cli/print/encoding-options.ts';
import type { Messages } from '../../../cli/print/messages.ts';
import { MessageDecoder } from '../../../cli/tail/message-decoder.ts';
import { createPatientCall } from '../../../cli/tail/patient-calls.ts';
import type { RecordBatch } from '../../../cli/tail/record-batch.ts';
import { withTime } from '../../../cli/tail/with-time.ts';
import { type DecodedLogRecord, emptyRecord } from '../../../decode/decoded-log-record.ts';
import { FreshEvents } from './fresh-events.ts';
import { type LogGroupOptions, openLogGroup } from './log-group-reader.ts';

export interface CloudWatchLogsSourceOptions
  extends Pick<EncodingOptions, 'encoding'>,
    LogGroupOptions {
  /** How far back it begins, in milliseconds. */
  readonly since: number;
}

/** The account has 5 to 25 such calls a second in a region (CloudWatch Logs quotas, 2026-11). */
const POLL_MILLIS = 2000;
/** An event that becomes visible so long after others of its time is not shown. */
const OVERLAP_MILLIS = 30_000;

/** Searches a log group again and again for what is new. */
export async function* cloudWatchLogsSource(
  groupName: string,
  options: CloudWatchLogsSourceOptions,
  io: CliIo,
  messages: Messages,
): AsyncGenerator<RecordBatch> {
  const patiently = await createPatientCall(
    { what: `log group ${groupName}`, permissions: 'logs:FilterLogEvents' },
    io,
    messages,
  );
  const group = await openLogGroup(groupName, options);
  const decoder = new MessageDecoder(options, messages);
  const fresh = new FreshEvents(Date.now() - options.since, OVERLAP_MILLIS);
  try {
    for (;;) {
      let nextToken: string | undefined;
      do {
        const token = nextToken;
        const page = await patiently(() => group.page(fresh.startMillis, token, io.signal));
        for (const event of page.events) {
          if (fresh.take(event)) yield { records: recordsOf(event, decoder) };
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      fresh.advance(Date.now());
      await setTimeout(POLL_MILLIS, undefined, { signal: io.signal });
    }
  } finally {
    group.close();
  }
}

/** An event is text unless it begins like one of ours, and one that only begins so is text as well. */
function recordsOf(event: FilteredLogEvent, decoder: MessageDecoder): DecodedLogRecord[] {
  const { message = '', logStreamName, timestamp } = event;
  const decoded = /^\s*\{/u.test(message)
    ? decoder.read(message, `an event of ${logStreamName}`)
    : undefined;
  const isText = decoded === undefined || (decoded.isDamaged && decoded.records.length === 0);
  const records = isText ? [{ ...emptyRecord(), body: message }] : decoded.records;
  return records.map((record) => withTime(record, timestamp));
}
