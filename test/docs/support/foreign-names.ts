/** Names of code in the documents that are not ours, by whose they are. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  '@opentelemetry/api': ['DiagConsoleLogger', 'DiagLogLevel', 'setLogger'],
  '@opentelemetry/sdk-logs': ['BatchLogRecordProcessor', 'SimpleLogRecordProcessor'],
  OTLP: ['partialSuccess'],
  'CloudWatch Logs': ['FilterLogEvents', 'GetLogEvents', 'PutLogEvents', 'PutRetentionPolicy'],
  Firehose: ['PutRecordBatch'],
  SQS: ['MaximumMessageSize', 'ReceiveMessage', 'SendMessageBatch'],
  'errors of AWS': ['InvalidArgumentException'],
  'AWS SDK': ['maxAttempts', 'requestHandler'],
  Lambda: ['getRemainingTimeInMillis', 'streamifyResponse'],
  ECS: ['stopTimeout'],
  Kubernetes: ['terminationGracePeriodSeconds'],
  systemd: ['TimeoutStopSec'],
  'Node.js': ['exitCode', 'uncaughtException'],
  npm: ['sideEffects'],
  TypeScript: ['skipLibCheck'],
  undici: ['EnvHttpProxyAgent'],
  zeromq: ['curveKeyPair'],
  fauxqs: ['buildApp'],
};

export const foreignNames: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

/** Names of ours that no declaration has: of errors, and in what commands print. */
export const untypedNames: readonly string[] = [
  'HeadersFunctionFailed',
  'httpStatusCode',
  'leftOut',
];
