// node deliver.cjs <package of the logs API> — an app of CommonJS modules.
const { logs, SeverityNumber } = require(process.argv[2]);
const sdkLogs = require('@opentelemetry/sdk-logs');
const collectorless = require('collectorless');
const cloudWatchLogs = require('collectorless/cloudwatch-logs');
const decode = require('collectorless/decode');
const firehose = require('collectorless/firehose');
const kinesis = require('collectorless/kinesis');
const http = require('collectorless/http');
const lambda = require('collectorless/lambda');
const sqs = require('collectorless/sqs');
const testing = require('collectorless/testing');
const zeromq = require('collectorless/zeromq');
const { deliverEverywhere } = require('./deliver-everywhere.cjs');

const api = { logs, SeverityNumber, sdkLogs };
const destinations = { firehose, cloudWatchLogs, kinesis, sqs, http, zeromq };
deliverEverywhere({ ...api, ...destinations, collectorless, decode, lambda, testing });
