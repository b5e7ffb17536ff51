import { describe, expect, it } from 'vitest';
import { create } from './support/create.ts';

const HTTP = 'OTEL_EXPORTER_HTTP_LOGS_';
const url = { [`${HTTP}URL`]: 'http://127.0.0.1:9/' };

/** All that is told of a set-up. */
async function told(...given: Parameters<typeof create>): Promise<string> {
  const { error, warnings } = await create(...given);
  return [...warnings, error?.message ?? '', String(error?.cause ?? '')].join('\n');
}

describe('what is told of a wrong variable', () => {
  it('names the entry of a header, never its value', async () => {
    const headers = 'x-key=S3cretB%C3%A4r,accept=text/plain';
    const lines = await told('http', { ...url, [`${HTTP}HEADERS`]: headers });
    expect(lines).toContain('`x-key` of OTEL_EXPORTER_HTTP_LOGS_HEADERS is ignored');
    expect(lines).not.toContain('S3cret');
  });

  it('tells nothing of an entry without a name', async () => {
    const lines = await told('http', { ...url, [`${HTTP}HEADERS`]: 'S3cretBearerToken' });
    expect(lines).toContain('entry 1');
    expect(lines).not.toContain('S3cret');
  });

  it.each(['url', 'queueUrl', 'endpoint'])(
    'tells of a wrong %s no more than its host',
    async (option) => {
      const lines = {
        url: await told('http', {
          [`${HTTP}URL`]: 'https://me:S3cret@logs.example/S3cret?k=S3cret',
        }),
        queueUrl: await told('sqs', {
          OTEL_EXPORTER_SQS_QUEUE_URL: 'https://me:S3cret@sqs.example/S3cret?k=S3cret',
        }),
        endpoint: await told('zeromq', {
          OTEL_EXPORTER_ZEROMQ_ENDPOINT: 'tcp://me:S3cret@logs.example/S3cret',
        }),
      }[option];
      expect(lines).toContain('.example');
      expect(lines).not.toContain('S3cret');
    },
  );

  it('tells nothing of a wrong endpoint of AWS but its host', async () => {
    const lines = await told('cloudwatch-logs', {
      OTEL_EXPORTER_CLOUDWATCH_LOGS_CLIENT_CONFIG_ENDPOINT: 'ws://me:S3cret@aws.example/S3cret',
    });
    expect(lines).toContain('got `ws://aws.example`');
    expect(lines).not.toContain('S3cret');
  });

  it('tells nothing of a key of CURVE', async () => {
    const lines = await told('zeromq', {
      OTEL_EXPORTER_ZEROMQ_ENDPOINT: 'tcp://logs.example:5010',
      OTEL_EXPORTER_ZEROMQ_CURVE_SECRET_KEY: 'S3cretKeyThatIsTooShort',
    });
    expect(lines).toContain('OTEL_EXPORTER_ZEROMQ_CURVE_SECRET_KEY');
    expect(lines).not.toContain('S3cret');
  });

  it('tells nothing of the values of message attributes, which the exporter would', async () => {
    const lines = await told('sqs', {
      OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs',
      OTEL_EXPORTER_SQS_MESSAGE_ATTRIBUTES: `token=S3cret${'x'.repeat(300)}`,
    });
    expect(lines).toContain('`token` of OTEL_EXPORTER_SQS_MESSAGE_ATTRIBUTES is ignored');
    expect(lines).not.toContain('S3cret');
  });

  it('shows other values cut and in one line', async () => {
    const lines = await told('http', { ...url, [`${HTTP}FRAMING`]: `a\nb${'x'.repeat(5000)}` });
    expect(lines).toContain('got `a bxxx');
    expect(lines.length).toBeLessThan(400);
  });
});
