import type { LocalServices } from '../../../src/testing/index.ts';

/** Variables for `collectorless/register` that name all destinations. */
export function registerEnvironment({
  clientConfig: { endpoint, region, credentials },
  http,
  zeromq,
}: LocalServices): Record<string, string> {
  return {
    OTEL_LOGS_EXPORTER: 'cloudwatch-logs,firehose,kinesis,sqs,http,zeromq',
    OTEL_SERVICE_NAME: 'compat',
    OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME: '/{service.name}',
    OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: '{service.name}',
    OTEL_EXPORTER_KINESIS_STREAM_NAME: '{service.name}',
    OTEL_EXPORTER_SQS_QUEUE_NAME: '{service.name}',
    OTEL_EXPORTER_HTTP_LOGS_URL: http.url,
    OTEL_EXPORTER_ZEROMQ_ENDPOINT: zeromq.endpoint,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
