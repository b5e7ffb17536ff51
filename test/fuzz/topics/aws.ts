import fc from 'fast-check';
import { CloudWatchLogRecordExporter } from '../../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../../src/destinations/firehose/index.ts';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';
import type { DestinationLogRecordExporter } from '../../../src/index.ts';
import { checkFates, QUICK_OPTIONS } from '../support/check-fates.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { rawAnswers } from '../support/raw-answers.ts';
import { startRawServer } from '../support/raw-server.ts';

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

const CREATORS: Readonly<Record<string, (endpoint: string) => DestinationLogRecordExporter>> = {
  firehose: (endpoint) =>
    new FirehoseLogRecordExporter({
      ...QUICK_OPTIONS,
      deliveryStreamName: 'logs',
      clientConfig: { endpoint, region: 'eu-west-1', credentials },
    }),
  'cloudwatch-logs': (endpoint) =>
    new CloudWatchLogRecordExporter({
      ...QUICK_OPTIONS,
      logGroupName: 'logs',
      logStreamName: 'one',
      clientConfig: { endpoint, region: 'eu-west-1', credentials },
    }),
  sqs: (endpoint) =>
    new SqsLogRecordExporter({
      ...QUICK_OPTIONS,
      queueUrl: `${endpoint}/000000000000/logs`,
      clientConfig: { endpoint, region: 'eu-west-1', credentials },
    }),
};

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer({ min: -3, max: 7 }),
  fc.constantFrom(null, true, '', '0', 1e308, 'ServiceUnavailableException', 'ThrottlingException'),
);
const someAnything = fc.oneof(anything, fc.array(anything, { maxLength: 7 }));
const batchEntry = fc.record(
  {
    Id: fc.oneof(fc.integer({ min: -1, max: 6 }).map(String), anything),
    SenderFault: anything,
    Code: anything,
    Message: anything,
    MessageId: anything,
    MD5OfMessageBody: anything,
  },
  { requiredKeys: [] },
);
const recordEntry = fc.record(
  { RecordId: anything, ErrorCode: anything, ErrorMessage: anything },
  { requiredKeys: [] },
);
const serviceBody = fc
  .oneof(
    fc.record(
      {
        FailedPutCount: anything,
        RequestResponses: fc.oneof(
          someAnything,
          fc.array(recordEntry, { minLength: 4, maxLength: 6 }),
        ),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        Successful: fc.oneof(someAnything, fc.array(batchEntry, { maxLength: 7 })),
        Failed: fc.oneof(someAnything, fc.array(batchEntry, { maxLength: 7 })),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        nextSequenceToken: anything,
        rejectedLogEventsInfo: fc.oneof(
          someAnything,
          fc.record(
            {
              tooNewLogEventStartIndex: anything,
              tooOldLogEventEndIndex: anything,
              expiredLogEventEndIndex: anything,
            },
            { requiredKeys: [] },
          ),
        ),
        rejectedEntityInfo: anything,
      },
      { requiredKeys: [] },
    ),
    fc.record(
      { __type: anything, message: anything, Message: anything, code: anything },
      { requiredKeys: [] },
    ),
    anything,
  )
  .map((document) => JSON.stringify(document));

export const awsLaws: readonly FuzzLaw[] = Object.entries(CREATORS).map(([name, create]) =>
  law(
    `${name}: whatever the service answers, each record is delivered or dropped with a reason`,
    25,
    fc.asyncProperty(
      fc.array(rawAnswers(serviceBody), { minLength: 1, maxLength: 3 }),
      async (answers) => {
        await using server = await startRawServer(answers);
        await checkFates(create(server.url));
      },
    ),
  ),
);
