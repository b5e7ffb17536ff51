// node deliver.mjs <package of the logs API> — an app of ES modules.
import * as sdkLogs from '@opentelemetry/sdk-logs';
import * as collectorless from 'collectorless';
import * as cloudWatchLogs from 'collectorless/cloudwatch-logs';
import * as decode from 'collectorless/decode';
import * as firehose from 'collectorless/firehose';
import * as http from 'collectorless/http';
import * as kinesis from 'collectorless/kinesis';
import * as lambda from 'collectorless/lambda';
import * as sqs from 'collectorless/sqs';
import * as testing from 'collectorless/testing';
import * as zeromq from 'collectorless/zeromq';
import { deliverEverywhere } from './deliver-everywhere.cjs';

const { logs, SeverityNumber } = await import(process.argv[2]);
const api = { logs, SeverityNumber, sdkLogs };
const destinations = { firehose, cloudWatchLogs, kinesis, sqs, http, zeromq };
await deliverEverywhere({ ...api, ...destinations, collectorless, decode, lambda, testing });
