import type { LocalAwsService } from '../aws/local-aws-service.ts';
import { firehoseService } from './firehose-service.ts';
import { LocalFirehose, type LocalFirehoseOptions } from './local-firehose.ts';

export const localService: LocalAwsService<'firehose', LocalFirehose, LocalFirehoseOptions> = {
  property: 'firehose',
  operation: 'PutRecordBatch',
  create(options, { decode, rates }) {
    const store = new LocalFirehose(options, decode);
    return { store, service: firehoseService(store, rates) };
  },
};
