import { type FileFacts, parseFileName } from './file-name.ts';
import type { OwnerFolder } from './owner-folder.ts';
import type { SpoolFile } from './spool-file.ts';
import type { SpoolTarget } from './spool-target.ts';

export interface StoredFileParts {
  readonly name: string;
  readonly facts: FileFacts;
  readonly folder: OwnerFolder;
  readonly target: SpoolTarget;
  /** On the monotonic clock; before its start for a file of an earlier process. */
  readonly bornMillis: number;
}

/**
 * A file as memory has it. There may be a hundred thousand: it has no more fields than needed, and what is seldom
 * asked for is read from the name.
 */
export class StoredFile implements SpoolFile {
  readonly name: string;
  readonly folder: OwnerFolder;
  readonly target: SpoolTarget;
  readonly targetId: string;
  readonly bornMillis: number;
  readonly byteSize: number;
  recordCount: number;
  state: 'loaded' | 'stored' | 'gone' = 'loaded';
  /** Whether the queue of its target has it, be it stored or not. */
  isQueued = false;
  hasJournal = false;
  /** Indexes of entries that need not be sent again, when there are any. */
  decided: Set<number> | undefined;
  /** By index, while it is loaded. */
  recordCounts: readonly number[] | undefined;

  constructor({ bornMillis, facts, folder, name, target }: StoredFileParts) {
    this.name = name;
    this.folder = folder;
    this.target = target;
    this.targetId = facts.targetId;
    this.bornMillis = bornMillis;
    this.byteSize = facts.byteSize;
    this.recordCount = facts.recordCount;
  }

  get path(): string {
    return this.folder.pathOf(this.name);
  }

  get createdAtMillis(): number {
    return this.facts?.createdAtMillis ?? 0;
  }

  get isAdopted(): boolean {
    return this.folder.isAdopted;
  }

  get facts(): FileFacts | undefined {
    return parseFileName(this.name);
  }
}

/** The order in which files are sent and dropped: by age, which no jump of the clock changes. */
export function isOlder(one: StoredFile, other: StoredFile): boolean {
  if (one.bornMillis !== other.bornMillis) return one.bornMillis < other.bornMillis;
  return one.name < other.name;
}
