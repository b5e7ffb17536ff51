import type { Call } from './read-call.ts';

// As long as those of the real service.
const FIREHOSE_ANSWER = `{"RecordId":"${'A'.repeat(200)}"}`;
const STREAM = '{"logStreamName":"bench","uploadSequenceToken":"1"}';

/** What the real service would answer to a call that it took. */
export function answerText({ target, entries, ids }: Call): string {
  if (target.endsWith('.PutRecordBatch')) {
    const answers = new Array(entries).fill(FIREHOSE_ANSWER).join(',');
    return `{"FailedPutCount":0,"Encrypted":false,"RequestResponses":[${answers}]}`;
  }
  if (target.endsWith('.PutRecord')) return FIREHOSE_ANSWER;
  if (target.endsWith('.SendMessageBatch')) {
    const answers = ids.map((id) => `{"Id":"${id}","MessageId":"${id}","MD5OfMessageBody":""}`);
    return `{"Successful":[${answers.join(',')}],"Failed":[]}`;
  }
  if (target.endsWith('.DescribeLogStreams')) return `{"logStreams":[${STREAM}]}`;
  if (target.endsWith('.PutLogEvents')) return '{"nextSequenceToken":"1"}';
  return '{}';
}
