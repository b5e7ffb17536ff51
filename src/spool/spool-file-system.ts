import { constants } from 'node:fs';
import * as fileSystem from 'node:fs/promises';

/** What the spool asks of an open file. */
export interface SpoolFileHandle {
  readonly fd: number;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ readonly bytesWritten: number }>;
  read(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  stat(options: { readonly bigint: true }): Promise<SpoolFileStats>;
  close(): Promise<void>;
}

export interface SpoolFileStats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  isFile(): boolean;
  isDirectory(): boolean;
}

export interface SpoolFolderItem {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** What the spool asks of the disk: a part of `node:fs/promises`. */
export interface SpoolFileSystem {
  open(path: string, flags: number, mode?: number): Promise<SpoolFileHandle>;
  mkdir(path: string, options: { readonly mode: number }): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  lstat(path: string, options: { readonly bigint: true }): Promise<SpoolFileStats>;
  opendir(
    path: string,
    options: { readonly bufferSize: number },
  ): Promise<AsyncIterable<SpoolFolderItem>>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  rmdir(path: string): Promise<void>;
}

export const systemFileSystem: SpoolFileSystem = fileSystem;

/** Why a file is opened. */
type OpenMode = 'read' | 'folder' | 'createNew' | 'append' | 'lock' | 'createLock';

export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** A link is never followed, and a pipe never waited for. Windows has neither flag. */
const NO_SURPRISE = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const OPEN_FLAGS: Readonly<Record<OpenMode, number>> = {
  read: constants.O_RDONLY | NO_SURPRISE,
  folder: constants.O_RDONLY,
  createNew: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_SURPRISE,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | NO_SURPRISE,
  lock: constants.O_RDWR | NO_SURPRISE,
  createLock: constants.O_RDWR | constants.O_CREAT | NO_SURPRISE,
};
