export type { RecordedRequest } from './aws/aws-service.ts';
export {
  LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  type LocalLogEvent,
  type LocalLogGroup,
  type LocalLogStream,
  type LogEntity,
  type RejectedLogEvent,
} from './cloudwatch-logs/local-cloudwatch-logs.ts';
export {
  type ContractOverrides,
  type DestinationAbilities,
  type DestinationContractOptions,
  destinationContract,
} from './contract/destination-contract.ts';
export type { Decoder } from './decode-json-lines.ts';
export type {
  ErrorFault,
  Fault,
  FaultCall,
  FaultConditions,
  FaultKind,
  PartialFailureFault,
} from './faults/fault.ts';
export {
  type FirehoseRecord,
  LocalFirehose,
  type LocalFirehoseOptions,
} from './firehose/local-firehose.ts';
export {
  type HttpAnswer,
  LocalHttp,
  type LocalHttpOptions,
  type ReceivedHttpRequest,
} from './http/local-http.ts';
export {
  type KinesisRecord,
  LocalKinesis,
  type LocalKinesisOptions,
} from './kinesis/local-kinesis.ts';
export type {
  LocalClientConfig,
  LocalCredentials,
  LocalServices,
  LocalServicesOptions,
} from './local-services.ts';
export { createHostileLogRecords } from './records/create-hostile-log-records.ts';
export { createLogRecord, uidOf } from './records/create-log-record.ts';
export { createResource } from './records/create-resource.ts';
export { LocalQueue, type SqsMessage } from './sqs/local-queue.ts';
export { LocalSqs, type LocalSqsOptions } from './sqs/local-sqs.ts';
export { startLocalServices } from './start-local-services.ts';
export type { LocalServiceName, Violation } from './violations.ts';
export {
  LocalZeroMq,
  type LocalZeroMqOptions,
  type ZeroMqMessage,
} from './zeromq/local-zero-mq.ts';
