import { objectProperty } from '../object-property.ts';
import type { PackedEntry } from '../pack/packed-entry.ts';
import type { Clock } from '../send/clock.ts';
import type { Destination } from './destination.ts';
import { entryBytes } from './each-entry.ts';
import { joinBytes } from './join-bytes.ts';
import { keptBytes } from './kept-memory.ts';
import { ReusedMemory } from './reused-memory.ts';
import { tell } from './tell.ts';

/**
 * `send` of a destination of the application, which gets copies of the entries of a request: beside the originals lie
 * those of other requests, and whoever transfers memory, for example to a worker, takes it away from all of them. At any
 * time, so that each copy has memory of its own.
 *
 * Where nobody reads them after they are delivered they lie together, in memory that is used again for nothing else than
 * copies: one piece for each costs as much as encoding them.
 */
export function copyingSend(
  destination: Destination,
  maxBufferedBytes: number,
  clock: Pick<Clock, 'startTimer'>,
): Destination['send'] {
  if (destination.copiesEntries !== true) return sendingAlone(destination);
  const memory = new ReusedMemory(keptBytes('bodies', maxBufferedBytes));
  memory.limitTo(() => Number.POSITIVE_INFINITY, clock);
  return sendingTogether(destination, memory);
}

function sendingAlone(destination: Destination): Destination['send'] {
  return ({ entries, target }, context) =>
    destination.send({ target, entries: entries.map(copyOf) }, context);
}

/**
 * Until the destination was seen to transfer the memory: then that request goes again, as the rest of it may have been
 * empty, and from then on each copy has its own.
 */
function sendingTogether(destination: Destination, memory: ReusedMemory): Destination['send'] {
  let send: Destination['send'] = async ({ entries, target }, context) => {
    let taken: Buffer = Buffer.alloc(0);
    const joined = joinBytes(entries, (bytes) => {
      taken = memory.take(bytes);
      return taken.subarray(0, bytes);
    });
    const sentBytes = joined.length;
    const isGone = (): boolean => joined.length < sentBytes;
    try {
      const copies = copiesIn(joined, entries);
      const answer = await destination.send({ target, entries: copies }, context);
      if (isGone() && entries.length > 1) return sentAgain(destination.name);
      const isDelivered = answer === undefined || objectProperty(answer, 'status') === 'delivered';
      if (isDelivered && !isGone()) memory.giveBack(taken);
      return answer;
    } finally {
      if (isGone()) send = sendingAlone(destination);
    }
  };
  return (request, context) => send(request, context);
}

function sentAgain(name: string): Awaited<ReturnType<Destination['send']>> {
  const error = new Error(
    'The destination transferred the memory of an entry, in which others lay: they are sent again, each by itself',
  );
  tell('warn', `${name}: ${error.message}`);
  return { status: 'retryable', error, retryAfterMillis: 0 };
}

function copiesIn(memory: Buffer, entries: readonly PackedEntry[]): PackedEntry[] {
  let position = 0;
  return entries.map((entry) => {
    const start = position;
    position += entryBytes(entry);
    return entryWith(entry, memory.subarray(start, position));
  });
}

function copyOf(entry: PackedEntry): PackedEntry {
  const bytes = Buffer.allocUnsafeSlow(entryBytes(entry));
  bytes.set(entry.bytes);
  return entryWith(entry, bytes);
}

function entryWith(entry: PackedEntry, bytes: Buffer): PackedEntry {
  const { recordCount, restampedMillis, sequence, timeMillis } = entry;
  return { bytes, recordCount, timeMillis, restampedMillis, sequence };
}
