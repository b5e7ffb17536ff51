import { Heap } from './heap.ts';
import type { SpoolFile } from './spool-file.ts';
import type { SpoolTarget } from './spool-target.ts';
import { isOlder, type StoredFile } from './stored-file.ts';

/** The files of one target. */
interface Queue {
  readonly target: SpoolTarget;
  /** Those that are stored; others that left since wait here to be passed over. */
  readonly stored: Heap<StoredFile>;
  fileCount: number;
}

/** All files that are ours: how much they hold, and which of them is next. */
export class StoredFiles {
  readonly #queues = new Map<string, Queue>();
  #bytes = 0;
  #storedBytes = 0;
  #recordCount = 0;
  #fileCount = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Of those that are not loaded. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  get fileCount(): number {
    return this.#fileCount;
  }

  /** The target of this id, when it has files. */
  targetOf(targetId: string): SpoolTarget | undefined {
    return this.#queues.get(targetId)?.target;
  }

  /** Takes in a file that counts as loaded. */
  add(file: StoredFile): void {
    const queue = this.#queues.get(file.targetId) ?? this.#open(file);
    queue.fileCount += 1;
    file.folder.uses += 1;
    this.#fileCount += 1;
    this.#bytes += file.byteSize;
    this.#recordCount += file.recordCount;
  }

  markLoaded(file: StoredFile): void {
    if (file.state !== 'stored') return;
    file.state = 'loaded';
    this.#storedBytes -= file.byteSize;
  }

  markStored(file: StoredFile): void {
    if (file.state !== 'loaded') return;
    file.state = 'stored';
    file.recordCounts = undefined;
    this.#storedBytes += file.byteSize;
    if (file.isQueued) return;
    file.isQueued = true;
    this.#queues.get(file.targetId)?.stored.add(file);
  }

  /** So many of the file's records are decided. */
  discount(file: StoredFile, recordCount: number): void {
    const decided = Math.min(recordCount, file.recordCount);
    file.recordCount -= decided;
    this.#recordCount -= decided;
  }

  remove(file: StoredFile): void {
    if (file.state === 'gone') return;
    if (file.state === 'stored') this.#storedBytes -= file.byteSize;
    file.state = 'gone';
    file.recordCounts = undefined;
    this.#fileCount -= 1;
    this.#bytes -= file.byteSize;
    this.#recordCount -= file.recordCount;
    const queue = this.#queues.get(file.targetId);
    if (queue === undefined) return;
    queue.fileCount -= 1;
    if (queue.fileCount === 0) this.#queues.delete(file.targetId);
  }

  /** The oldest stored file of all targets whose own oldest one passes the filter. */
  next(filter: (file: SpoolFile) => boolean = () => true): StoredFile | undefined {
    let oldest: StoredFile | undefined;
    for (const { stored } of this.#queues.values()) {
      const file = firstStored(stored);
      if (file === undefined || (oldest !== undefined && !isOlder(file, oldest))) continue;
      if (filter(file)) oldest = file;
    }
    return oldest;
  }

  /** All that are stored, in no order. */
  stored(): StoredFile[] {
    return [...this.#queues.values()].flatMap((queue) =>
      [...queue.stored.values()].filter(({ state }) => state === 'stored'),
    );
  }

  #open({ target, targetId }: StoredFile): Queue {
    const queue: Queue = { target, stored: new Heap(isOlder), fileCount: 0 };
    this.#queues.set(targetId, queue);
    return queue;
  }
}

function firstStored(heap: Heap<StoredFile>): StoredFile | undefined {
  for (let file = heap.first; file !== undefined; file = heap.first) {
    if (file.state === 'stored') return file;
    file.isQueued = false;
    heap.removeFirst();
  }
  return undefined;
}
