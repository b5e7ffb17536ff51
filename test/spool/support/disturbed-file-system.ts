import {
  type SpoolFileHandle,
  type SpoolFileStats,
  type SpoolFileSystem,
  type SpoolFolderItem,
  systemFileSystem,
} from '../../../src/spool/spool-file-system.ts';

type HandleCall = 'write' | 'read' | 'datasync' | 'sync' | 'stat' | 'close';
export type Call = keyof SpoolFileSystem | HandleCall;

/** What a test does to a call: fail it, let it hang, or take only so many bytes of what is written. */
export type Disturbance = Error | 'hang' | { readonly takes: number } | undefined;

/** The real disk, with every call noted and open to disturbance. */
export class DisturbedFileSystem implements SpoolFileSystem {
  readonly calls: { readonly call: Call; readonly path: string }[] = [];
  /** Asked before each call. */
  disturb: (call: Call, path: string) => Disturbance | Promise<Disturbance> = () => undefined;
  readonly #open = new Set<SpoolFileHandle>();
  readonly #hanging: (() => void)[] = [];
  #isDead = false;

  /** How often a call was made on paths that end so. */
  count(call: Call, ending = ''): number {
    return this.calls.filter((made) => made.call === call && made.path.endsWith(ending)).length;
  }

  /** As if the process was killed: its files are closed, its locks are free, it never does anything again. */
  async die(): Promise<void> {
    this.#isDead = true;
    await Promise.all([...this.#open].map((handle) => handle.close().catch(() => {})));
  }

  /** Lets calls that hang go on. */
  goOn(): void {
    for (const resume of this.#hanging.splice(0)) resume();
  }

  async open(path: string, flags: number, mode?: number): Promise<SpoolFileHandle> {
    await this.#before('open', path);
    const handle = await systemFileSystem.open(path, flags, mode);
    if (this.#isDead) {
      await handle.close();
      await new Promise(() => {});
    }
    this.#open.add(handle);
    return this.#disturbed(handle, path);
  }

  async mkdir(path: string, options: { readonly mode: number }): Promise<void> {
    await this.#before('mkdir', path);
    return systemFileSystem.mkdir(path, options);
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.#before('chmod', path);
    return systemFileSystem.chmod(path, mode);
  }

  async lstat(path: string, options: { readonly bigint: true }): Promise<SpoolFileStats> {
    await this.#before('lstat', path);
    return systemFileSystem.lstat(path, options);
  }

  async opendir(
    path: string,
    options: { readonly bufferSize: number },
  ): Promise<AsyncIterable<SpoolFolderItem>> {
    await this.#before('opendir', path);
    return systemFileSystem.opendir(path, options);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#before('rename', to);
    return systemFileSystem.rename(from, to);
  }

  async link(existing: string, path: string): Promise<void> {
    await this.#before('link', path);
    return systemFileSystem.link(existing, path);
  }

  async unlink(path: string): Promise<void> {
    await this.#before('unlink', path);
    return systemFileSystem.unlink(path);
  }

  async rmdir(path: string): Promise<void> {
    await this.#before('rmdir', path);
    return systemFileSystem.rmdir(path);
  }

  #disturbed(handle: SpoolFileHandle, path: string): SpoolFileHandle {
    return {
      fd: handle.fd,
      write: async (bytes, offset, length, position) => {
        const limit = await this.#before('write', path);
        return handle.write(bytes, offset, Math.min(length, limit), position);
      },
      read: async (bytes, offset, length, position) => {
        await this.#before('read', path);
        return handle.read(bytes, offset, length, position);
      },
      datasync: async () => {
        await this.#before('datasync', path);
        return handle.datasync();
      },
      sync: async () => {
        await this.#before('sync', path);
        return handle.sync();
      },
      stat: async (options) => {
        await this.#before('stat', path);
        return handle.stat(options);
      },
      close: async () => {
        await this.#before('close', path);
        this.#open.delete(handle);
        return handle.close();
      },
    };
  }

  /** Answers how many bytes may be written. */
  async #before(call: Call, path: string): Promise<number> {
    if (this.#isDead) await new Promise(() => {});
    this.calls.push({ call, path });
    const disturbance = await this.disturb(call, path);
    if (disturbance instanceof Error) throw disturbance;
    if (disturbance === 'hang') await new Promise<void>((resume) => this.#hanging.push(resume));
    return typeof disturbance === 'object' ? disturbance.takes : Number.POSITIVE_INFINITY;
  }
}

/** What the operating system answers. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up by a test`), { code });
}
