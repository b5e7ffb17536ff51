import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/testing/index.ts';
import { error, failing } from './support/call-faults.ts';
import { records, uidsOf, withSqs } from './support/sqs-run.ts';

describe('messages that fail in a call that succeeds', () => {
  it.each(['InternalError', 'ServiceUnavailable', 'SomethingNew'])(
    'with %s are sent again, and only they',
    async (code) => {
      await withSqs({}, async ({ batches, send, services, uids }) => {
        services.setFaults([failing(code, false)]);
        const sent = records(10);
        expect(await send(sent)).toBe(0);
        expect(batches()).toEqual([10, 2]);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      });
    },
  );

  it.each(['RequestThrottled', 'ThrottlingException', 'KmsThrottled'])(
    'with %s are sent again though the sender is blamed',
    async (code) => {
      await withSqs({}, async ({ batches, send, services, uids }) => {
        services.setFaults([failing(code, true)]);
        const sent = records(10);
        expect(await send(sent)).toBe(0);
        expect(batches()).toEqual([10, 2]);
        expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
      });
    },
  );

  it('by the sender’s fault are dropped and counted, and never sent again', async () => {
    await withSqs({}, async ({ batches, drops, messages, send, services }) => {
      services.setFaults([failing('InvalidMessageContents', true)]);
      expect(await send(records(10))).toBe(1);
      expect(batches()).toEqual([10]);
      expect(messages()).toHaveLength(8);
      expect(drops).toMatchObject([{ reason: 'rejected', count: 2 }]);
      expect(drops[0]?.error).toMatchObject({
        code: 'InvalidMessageContents',
        httpStatusCode: 200,
      });
    });
  });

  it('all of them, are sent again', async () => {
    await withSqs({}, async ({ batches, send, services, uids }) => {
      const all = [...Array(10).keys()];
      services.setFaults([failing('InternalError', false, all)]);
      const sent = records(10);
      expect(await send(sent)).toBe(0);
      expect(batches()).toEqual([10, 10]);
      expect(uids()).toEqual(uidsOf(sent));
    });
  });
});

describe('an answer that says something of some messages only', () => {
  const answer = (body: object): Fault =>
    error('none', { status: 200, body: JSON.stringify(body) });

  it('leaves the others to be sent again', async () => {
    await withSqs({}, async ({ batches, exporter, send, services, uids }) => {
      services.setFaults([
        answer({
          Successful: [{ Id: '0', MessageId: 'm', MD5OfMessageBody: 'x' }],
          Failed: [{ Id: '1', SenderFault: false }, { Id: '77' }],
        }),
      ]);
      const sent = records(4);
      expect(await send(sent)).toBe(0);
      expect(batches()).toEqual([4, 3]);
      expect(uids()).toEqual(uidsOf(sent).slice(1));
      expect(exporter.stats().delivered).toBe(4);
    });
  });

  it.each([
    { Successful: [null, { Id: '0' }, { Id: '1' }] },
    { Successful: [{ Id: '0' }, { Id: '1' }], Failed: [null] },
    { Successful: [5, { Id: '1' }, 'x', { Id: '0' }], Failed: null },
  ])('beside what is none (%j) is believed', async (body) => {
    await withSqs({}, async ({ batches, exporter, lines, send, services }) => {
      services.setFaults([answer(body)]);
      expect(await send(records(2))).toBe(0);
      expect(batches()).toEqual([2]);
      expect(exporter.stats().delivered).toBe(2);
      expect(lines).toEqual([]);
    });
  });

  it.each([{}, { Successful: [], Failed: [] }, { Successful: [{ Id: 'a' }] }, { Successful: 5 }])(
    'and of none (%j) is an answer that was lost',
    async (body) => {
      await withSqs({}, async ({ batches, send, services, uids }) => {
        services.setFaults([answer(body)]);
        const sent = records(4);
        expect(await send(sent)).toBe(0);
        expect(batches()).toEqual([4, 4]);
        expect(uids()).toEqual(uidsOf(sent));
      });
    },
  );
});
