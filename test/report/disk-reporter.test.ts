import { expect, it } from 'vitest';
import { DiskReporter } from '../../src/report/disk-reporter.ts';

it('tells of a disk that fails and works in turns once in a while', () => {
  const lines: string[] = [];
  let nowMillis = 0;
  const reporter = new DiskReporter({
    name: 'sqs',
    warn: (message) => lines.push(message),
    monotonicMillis: () => nowMillis,
    startTimer: () => {},
  });
  for (let second = 0; second < 35; second += 1) {
    nowMillis = second * 1000;
    reporter.troubled(new Error('ENOSPC: no space left on device'));
    reporter.recovered();
  }
  expect(lines).toEqual([
    'sqs: the spool fails, log records are in memory only: Error: ENOSPC: no space left on device',
    'sqs: the spool works again',
    'sqs: the spool fails, log records are in memory only: Error: ENOSPC: no space left on device',
    'sqs: the spool works again',
  ]);
});

it('names a file that was set aside, with the reason', () => {
  const lines: string[] = [];
  const reporter = new DiskReporter({
    name: 'http',
    warn: (message) => lines.push(message),
    monotonicMillis: () => 0,
    startTimer: () => {},
  });
  reporter.setAside('/var/spool/x', 'The file is damaged');
  expect(lines).toEqual([
    'http: a file of the spool cannot be used (The file is damaged): /var/spool/x',
  ]);
});

it('says nothing of a disk that works and never failed', () => {
  const lines: string[] = [];
  const reporter = new DiskReporter({
    name: 'http',
    warn: (message) => lines.push(message),
    monotonicMillis: () => 0,
    startTimer: () => {},
  });
  reporter.recovered();
  expect(lines).toEqual([]);
});

it('tells of many files that were set aside once in a while, with their number', () => {
  const lines: string[] = [];
  let ring = (): void => {};
  const reporter = new DiskReporter({
    name: 'http',
    warn: (message) => lines.push(message),
    monotonicMillis: () => 0,
    startTimer: (task) => {
      ring = task;
    },
  });
  for (let file = 0; file < 1000; file += 1) reporter.setAside(`/spool/${file}`, 'damaged');
  ring();
  reporter.setAside('/spool/late', 'damaged');
  ring();
  ring();
  reporter.setAside('/spool/later', 'damaged');
  expect(lines).toEqual([
    'http: a file of the spool cannot be used (damaged): /spool/0',
    'http: 999 more files of the spool cannot be used',
    'http: 1 more file of the spool cannot be used',
    'http: a file of the spool cannot be used (damaged): /spool/later',
  ]);
});
