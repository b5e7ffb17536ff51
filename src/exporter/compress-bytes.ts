import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { choiceOption } from './check-option.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** @throws InvalidOptionError for a name that is none. */
export function compressionOption(value: unknown): Compression {
  return choiceOption('compression', value, ['none', 'gzip', 'zstd'], 'none');
}

const gzip = promisify(zlib.gzip);

/**
 * A compression by name, at its fastest level: logs gain little from the higher ones. Runs on the thread
 * pool, not on the main thread.
 * @throws InvalidOptionError where this Node.js has no zstd.
 */
export function createCompressor(
  compression: Exclude<Compression, 'none'>,
): (bytes: Uint8Array) => Promise<Uint8Array> {
  if (compression === 'gzip') return (bytes) => gzip(bytes, { level: 1 });
  if (typeof zlib.zstdCompress !== 'function') {
    throw new InvalidOptionError(
      `Expected \`compression\` 'zstd' on Node.js 22.15 or newer, got Node.js ${process.versions.node}: use 'gzip'`,
    );
  }
  const zstd = promisify(zlib.zstdCompress);
  return (bytes) => zstd(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
}
