import type { LocalAwsService } from '../aws/local-aws-service.ts';
import { LocalSqs, type LocalSqsOptions } from './local-sqs.ts';
import { sqsService } from './sqs-service.ts';

export const localService: LocalAwsService<'sqs', LocalSqs, LocalSqsOptions> = {
  property: 'sqs',
  operation: 'SendMessageBatch',
  create(options, { decode, url }) {
    const store = new LocalSqs(url, options, decode);
    return { store, service: sqsService(store) };
  },
};
