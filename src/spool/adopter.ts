import { toError } from '../to-error.ts';
import { isMissing } from './file-lock.ts';
import { FolderAdoption } from './folder-adoption.ts';
import type { OwnerFolder } from './owner-folder.ts';
import type { OwnerFolders } from './owner-folders.ts';
import { listFolder, scanFolder } from './scan-folder.ts';
import type { SpoolBounds } from './spool-bounds.ts';
import type { SpoolParts } from './spool-parts.ts';
import type { StoredFiles } from './stored-files.ts';
import type { Tidier } from './tidier.ts';

const OWNER_ID = /^[0-9a-f]{24}$/u;

/**
 * So long we leave a folder alone that has no lock file, whose owner may be about to make it, and one for which
 * we have no room, which another process may have.
 */
const PATIENCE_MILLIS = 60_000;

export interface AdopterOptions {
  readonly folders: OwnerFolders;
  readonly files: StoredFiles;
  readonly tidier: Tidier;
  readonly bounds: SpoolBounds;
}

/** Takes over the files of owners that died. */
export class Adopter {
  readonly #parts: SpoolParts;
  readonly #options: AdopterOptions;
  readonly #adoption: FolderAdoption;
  /** Since when folders are left alone. */
  readonly #leftSinceMillis = new Map<string, number>();
  #isClosed = false;

  constructor(parts: SpoolParts, options: AdopterOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#adoption = new FolderAdoption(parts, options);
  }

  /** Looks for dead owners of the group. Never rejects. */
  async sweep(): Promise<void> {
    let error: unknown;
    for (const ownerId of await this.#listOthers().catch(() => [])) {
      if (this.#isClosed) return;
      await this.#visit(ownerId).catch((thrown: unknown) => {
        error ??= thrown;
      });
    }
    if (error === undefined) this.#parts.health.worked('adopt');
    else this.#parts.health.failed('adopt', toError(error));
  }

  close(): void {
    this.#isClosed = true;
  }

  async #listOthers(): Promise<readonly string[]> {
    const { fileSystem, groupPath } = this.#parts;
    const ownerIds = new Set<string>();
    for await (const item of await listFolder(fileSystem, groupPath)) {
      // A link is no folder: it could lead anywhere.
      if (item.isDirectory() && OWNER_ID.test(item.name)) ownerIds.add(item.name);
    }
    for (const ownerId of this.#leftSinceMillis.keys()) {
      if (!ownerIds.has(ownerId)) this.#leftSinceMillis.delete(ownerId);
    }
    return [...ownerIds].filter((ownerId) => !this.#options.folders.isHeld(ownerId));
  }

  async #visit(ownerId: string): Promise<void> {
    const folder = await this.#take(ownerId);
    if (folder === undefined) return;
    try {
      const scan = await scanFolder(this.#parts.fileSystem, folder.path);
      if (this.#options.bounds.hasRoomFor(scan.byteSize) || this.#isPatienceOver(ownerId)) {
        await this.#adoption.adopt(folder, scan);
        return;
      }
    } catch (error) {
      await this.#giveBack(folder);
      throw error;
    }
    await this.#giveBack(folder);
  }

  async #take(ownerId: string): Promise<OwnerFolder | undefined> {
    const { folders } = this.#options;
    try {
      return await folders.adopt(ownerId, { create: false });
    } catch (error) {
      if (!isMissing(error)) throw error;
      return this.#isPatienceOver(ownerId) ? folders.adopt(ownerId, { create: true }) : undefined;
    }
  }

  async #giveBack(folder: OwnerFolder): Promise<void> {
    this.#options.folders.forget(folder);
    await folder.giveUp();
  }

  #isPatienceOver(ownerId: string): boolean {
    const now = this.#parts.clock.monotonicMillis();
    const since = this.#leftSinceMillis.get(ownerId) ?? now;
    this.#leftSinceMillis.set(ownerId, since);
    return now - since >= PATIENCE_MILLIS;
  }
}
