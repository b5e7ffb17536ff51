import { createHostileLogRecords } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import { withAws } from '../aws/support/aws-run.ts';

it('of JSON are what the encoder writes', async () => {
  await withAws('cloudwatch-logs', { rejected: 'restamp' }, async ({ send, services }) => {
    const sent = createHostileLogRecords(7, 300);
    expect(await send(sent)).toBe(0);
    const encoder = jsonEncoder();
    const texts = sent.map((record) => Buffer.from(encoder.encode(record)).toString());
    const whole = texts.filter((text) => text.length < 100_000);
    expect(whole.length).toBeGreaterThan(250);
    const stored = new Set(services.cloudWatchLogs.messages);
    expect(whole.filter((text) => !stored.has(text))).toEqual([]);
  });
});
