import { MissingPackageError } from '../../missing-package-error.ts';

export type ZeroMq = typeof import('zeromq');

/** Loads `zeromq` on first use. @throws MissingPackageError */
export async function importZeroMq(): Promise<ZeroMq> {
  try {
    return await import('zeromq');
  } catch (cause) {
    throw new MissingPackageError('zeromq', 'zeromq', { cause, instead: 'socket' });
  }
}
