import type { LocalAwsService } from '../aws/local-aws-service.ts';
import { kinesisService } from './kinesis-service.ts';
import { LocalKinesis, type LocalKinesisOptions } from './local-kinesis.ts';

export const localService: LocalAwsService<'kinesis', LocalKinesis, LocalKinesisOptions> = {
  property: 'kinesis',
  operation: 'PutRecords',
  create(options, { decode, rates, region }) {
    const store = new LocalKinesis(options, decode);
    return { store, service: kinesisService(store, rates, region) };
  },
};
