import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/report/ledger.ts';
import { LogExportError } from '../../src/report/log-export-error.ts';
import { nextComponentName } from '../../src/report/next-component-name.ts';
import { imbalanceOf } from '../support/accounts.ts';

const held = { bufferedBytes: 5, spooledBytes: 7 };

describe('the ledger', () => {
  it('is empty at the start', () => {
    expect(new Ledger().stats(held)).toEqual({
      exported: 0,
      delivered: 0,
      retried: 0,
      dropped: {},
      requests: 0,
      bytes: 0,
      inFlight: 0,
      spooled: 0,
      adopted: 0,
      ...held,
    });
  });

  it('knows when nothing would be lost with the process', async () => {
    const ledger = new Ledger();
    ledger.export(3);
    let isEmpty = false;
    const empty = ledger.whenNoneInFlight().then(() => {
      isEmpty = true;
    });
    ledger.store(1);
    ledger.deliver(1);
    await Promise.resolve();
    expect(isEmpty).toBe(false);
    ledger.drop('timeout', 1);
    await empty;
  });

  it('knows that nothing would be lost any more when the rest is on disk', async () => {
    const ledger = new Ledger();
    ledger.export(2);
    let isKnown = false;
    void ledger.whenNoneInFlight().then(() => {
      isKnown = true;
    });
    ledger.store(2);
    await Promise.resolve();
    expect(isKnown).toBe(true);
  });

  it('moves records from memory to disk and counts what others left there', () => {
    const ledger = new Ledger();
    ledger.export(10);
    ledger.store(8);
    ledger.adopt(5);
    ledger.deliver(4, 3);
    ledger.drop('spool_expired', 2, 2);
    expect(ledger.stats(held)).toMatchObject({
      exported: 15,
      adopted: 5,
      delivered: 4,
      dropped: { spool_expired: 2 },
      spooled: 8,
      inFlight: 1,
    });
  });

  it('counts records, requests and bytes', () => {
    const ledger = new Ledger();
    ledger.export(10);
    ledger.request(100);
    ledger.request(50);
    ledger.retry(3);
    ledger.deliver(6);
    ledger.drop('too_old', 1);
    ledger.drop('too_old', 1);
    expect(ledger.stats(held)).toMatchObject({
      exported: 10,
      delivered: 6,
      retried: 3,
      dropped: { too_old: 2 },
      requests: 2,
      bytes: 150,
      inFlight: 2,
    });
    expect(ledger.inFlight).toBe(2);
  });

  it('balances after any bookings', () => {
    const booking = fc.tuple(
      fc.constantFrom('export', 'deliver', 'timeout', 'rejected'),
      fc.nat(9),
    );
    fc.assert(
      fc.property(fc.array(booking), (bookings) => {
        const ledger = new Ledger();
        for (const [kind, count] of bookings) {
          if (kind === 'export') ledger.export(count);
          else if (kind === 'deliver') ledger.deliver(count);
          else ledger.drop(kind === 'timeout' ? 'timeout' : 'rejected', count);
        }
        expect(imbalanceOf(ledger.stats(held))).toBe(0);
      }),
    );
  });
});

describe('the error of an export', () => {
  it('has the most frequent reason as its code and counts all', () => {
    const cause = new Error('last');
    const error = new LogExportError({ rejected: 2, timeout: 5, too_large: 1 }, { cause });
    expect(error.code).toBe('timeout');
    expect(error.counts).toEqual({ rejected: 2, timeout: 5, too_large: 1 });
    expect(error.cause).toBe(cause);
    expect(error.name).toBe('LogExportError');
    expect(error.message).toBe('Log records were dropped (timeout: 5, rejected: 2, too_large: 1)');
    expect(error).toBeInstanceOf(Error);
  });

  it('is a refusal where it tells of no record', () => {
    expect(new LogExportError({}).code).toBe('rejected');
  });

  it('has the first of several reasons that are as frequent', () => {
    expect(new LogExportError({ expired: 1, timeout: 1 }).code).toBe('expired');
  });
});

describe('the name of a component', () => {
  it('counts from 0 for each type', () => {
    expect([nextComponentName('A'), nextComponentName('A'), nextComponentName('B')]).toEqual([
      'A/0',
      'A/1',
      'B/0',
    ]);
  });

  it('is counted together with another copy of the package', () => {
    const counters = Reflect.get(globalThis, Symbol.for('collectorless.componentCounters'));
    expect(counters).toBeInstanceOf(Map);
    counters.set('C', 7);
    expect(nextComponentName('C')).toBe('C/7');
  });
});
