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
 * those of other requests, and whoever transfers memory, for example to a worker, takes it away from all of them.
 *
 * The copies lie in one piece of memory, as one for each costs as much as encoding them, until the destination was seen
 * to transfer that: then that request goes again, as the rest of it may have been empty, and from then on each copy has
 * memory of its own.
 *
 * Where nobody reads them after they are delivered their memory is used again, for nothing else than copies.
 */
export function lendingSend(
  destination: Destination,
  maxBufferedBytes: number,
  clock: Pick<Clock, 'startTimer'>,
): Destination['send'] {
  const reused =
    destination.copiesEntries === true
      ? new ReusedMemory(keptBytes('bodies', maxBufferedBytes))
      : undefined;
  reused?.limitTo(() => Number.POSITIVE_INFINITY, clock);
  let mayTransfer = false;
  return async ({ entries, target }, context) => {
    if (mayTransfer) {
      return destination.send({ target, entries: entries.map(copyOf) }, context);
    }
    let lent: Buffer = Buffer.alloc(0);
    const joined = joinBytes(entries, (bytes) => {
      lent = reused?.take(bytes) ?? Buffer.allocUnsafeSlow(bytes);
      return lent.subarray(0, bytes);
    });
    const sentBytes = joined.length;
    const answer = await destination.send({ target, entries: copiesIn(joined, entries) }, context);
    if (joined.length < sentBytes) {
      mayTransfer = true;
      if (entries.length > 1) return sentAgain(destination.name);
    } else if (answer === undefined || objectProperty(answer, 'status') === 'delivered') {
      reused?.giveBack(lent);
    }
    return answer;
  };
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
