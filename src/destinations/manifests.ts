// Written by `npm run generate` from the folders of `src`. Do not edit.
import type { DestinationManifest } from '../manifest/destination-manifest.ts';
import { manifest as cloudwatchLogs } from './cloudwatch-logs/manifest.ts';
import { manifest as firehose } from './firehose/manifest.ts';
import { manifest as http } from './http/manifest.ts';
import { manifest as kinesis } from './kinesis/manifest.ts';
import { manifest as sqs } from './sqs/manifest.ts';
import { manifest as zeromq } from './zeromq/manifest.ts';

/** As in `OTEL_LOGS_EXPORTER`. */
export type DestinationName =
  | 'cloudwatch-logs'
  | 'firehose'
  | 'kinesis'
  | 'sqs'
  | 'http'
  | 'zeromq';

export const MANIFESTS: Readonly<Record<DestinationName, DestinationManifest>> = {
  'cloudwatch-logs': cloudwatchLogs,
  firehose,
  kinesis,
  sqs,
  http,
  zeromq,
};
