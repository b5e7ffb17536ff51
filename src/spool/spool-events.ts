import type { SpoolFile } from './spool-file.ts';

/** Records that will not be sent from disk. */
export interface SpoolLoss {
  readonly reason: 'spool_full' | 'spool_expired' | 'invalid';
  /** Those that were not yet decided. */
  readonly recordCount: number;
  readonly bytes: number;
  readonly firstTimeMillis: number;
  readonly lastTimeMillis: number;
  /** Of the target; empty when the file that named it cannot be read. */
  readonly targetKey: string;
  readonly error?: Error;
  /** Absent when nobody was told of the file before: `store` did not answer it, `adopted` did not tell it. */
  readonly file?: SpoolFile;
}

/** What the spool tells, at once and as it happens. What a listener throws is ignored. */
export interface SpoolEvents {
  /** The file of a dead owner is ours now. */
  adopted(file: SpoolFile): void;
  /** A stored file went, or was found damaged; never one that is loaded, unless it cannot be read. */
  lost(loss: SpoolLoss): void;
  /** What cannot be read was moved to `path`, untouched, for a human to look at. */
  setAside(info: { readonly path: string; readonly why: string }): void;
  /** So many records of dead owners lie in the folder of another group. */
  stranded(info: { readonly path: string; readonly recordCount: number }): void;
  /** The disk began to fail. */
  trouble(error: Error): void;
  /** It works again. */
  recovered(): void;
}

/** The same events, of which none throws. */
export function harmlessEvents(events: SpoolEvents): SpoolEvents {
  const tell = (event: () => void): void => {
    try {
      event();
    } catch {
      // A listener's bug must not cost a record.
    }
  };
  return {
    adopted: (file) => tell(() => events.adopted(file)),
    lost: (loss) => tell(() => events.lost(loss)),
    setAside: (info) => tell(() => events.setAside(info)),
    stranded: (info) => tell(() => events.stranded(info)),
    trouble: (error) => tell(() => events.trouble(error)),
    recovered: () => tell(() => events.recovered()),
  };
}
