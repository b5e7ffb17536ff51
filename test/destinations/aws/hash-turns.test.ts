import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { type CallUnderWay, hashInPool } from '../../../src/destinations/aws/call-middleware.ts';
import { nextTurn } from '../../../src/destinations/aws/next-turn.ts';

vi.mock('../../../src/destinations/aws/next-turn.ts', () => ({ nextTurn: vi.fn(async () => 0) }));

const MIB = 1_048_576;

it.each([
  [MIB, 0],
  [2 * MIB, 2],
])('around the hash of a body of %i bytes the application has %i turns', async (size, turns) => {
  vi.mocked(nextTurn).mockClear();
  const bytes = new Uint8Array(size).fill(7);
  const call: CallUnderWay<unknown> = {
    bytes,
    signal: new AbortController().signal,
    onResponse: undefined,
    started: 0,
    sent: 0,
    statusCode: undefined,
    isSignalSeen: false,
    isRepeated: false,
    answer: undefined,
  };
  const signed: unknown[] = [];
  const sign = hashInPool(() => call)(
    async ({ request }: { readonly request: { body: Uint8Array; headers: object } }) => {
      signed.push({ ...request.headers });
      return { response: undefined, output: undefined };
    },
    {},
  );
  await sign({ request: { body: bytes, headers: {} } });
  const hash = createHash('sha256').update(bytes).digest('hex');
  expect(signed).toEqual([{ 'x-amz-content-sha256': hash }]);
  expect(nextTurn).toHaveBeenCalledTimes(turns);
});
