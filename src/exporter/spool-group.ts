import { createHash } from 'node:crypto';
import type { Destination } from './destination.ts';

/**
 * The folder that an exporter shares with those that may send its files in its place: the same destination,
 * encoding and scope.
 */
export function spoolGroup({ name, spoolScope = '' }: Destination, encoding: string): string {
  const likeness = JSON.stringify([encoding, spoolScope]);
  const mark = createHash('sha256').update(likeness).digest('hex').slice(0, 12);
  return `${name}-${mark}`;
}
