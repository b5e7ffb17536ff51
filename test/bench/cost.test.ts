import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const document = readFileSync(new URL('../../docs/cost.md', import.meta.url), 'utf8');
const RECORDS = 1_000_000;
const STEP = 5_120;
const CHUNK = 65_536;
const SIZES = [300, 1_140, 12_000];

test.for(SIZES)('the sum of Firehose for records of %i bytes is right', (bytes) => {
  const sent = RECORDS * bytes;
  const none = RECORDS * billed(bytes);
  const lines = Math.min(500, Math.floor(1_024_000 / bytes));
  const full = Math.floor(RECORDS / lines);
  const packed = full * billed(lines * bytes) + billed((RECORDS - full * lines) * bytes);
  const row = [gigabytes(sent), gigabytes(none), (none / sent).toFixed(2), gigabytes(packed)];

  expect(document).toContain(
    `| ${number(bytes)} | ${row.join(' | ')} | ${(packed / sent).toFixed(3)} |`,
  );
});

test.for([1, 5, 50])('the sum of Firehose for %i records a second is right', (rate) => {
  const ratio = (seconds: number): string => {
    const bytes = Math.min(500, rate * seconds) * 1_140;
    return (billed(bytes) / bytes).toFixed(2);
  };

  expect(document).toContain(`| ${rate} | ${ratio(1)} | ${ratio(5)} |`);
});

test.for(SIZES)('the sum of SQS for records of %i bytes is right', (bytes) => {
  const none = (RECORDS / 10) * Math.ceil((10 * bytes) / CHUNK);
  const lines = Math.ceil(RECORDS / Math.floor(CHUNK / bytes));
  const dollars = (requests: number): string => ((requests * 0.4) / 1e6).toFixed(3);

  expect(document).toContain(
    `| ${number(bytes)} | ${number(none)} | ${dollars(none)} | ${number(lines)} | ${dollars(lines)} |`,
  );
});

test.for([300, 1_140])(
  'the calls of CloudWatch Logs for records of %i bytes are right',
  (bytes) => {
    const calls = Math.max(
      Math.ceil((RECORDS * (bytes + 26)) / 1_048_576),
      Math.ceil(RECORDS / 10_000),
    );

    expect(document).toContain(`${gigabytes(RECORDS * bytes)} GB and ${number(calls)} calls`);
  },
);

function billed(bytes: number): number {
  return Math.ceil(bytes / STEP) * STEP;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(3);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
