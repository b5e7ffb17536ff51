// Decodes a bomb and tells what came of it, and the most memory that the process ever had.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { decodeLogRecords, decodeStream } from '../../../src/decode/index.ts';

const [path = '', way] = process.argv.slice(2);
const options = { maxDecompressedBytes: 16 * 1024 * 1024 };
const bytes = readFileSync(path);
let records = 0;
let code = '';
try {
  if (way === 'stream')
    for await (const _ of decodeStream(Readable.from([bytes]), options)) records += 1;
  else
    records = decodeLogRecords(way === 'base64' ? bytes.toString('base64') : bytes, options).length;
} catch (error) {
  code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
const peakMegabytes = Math.round(peakKilobytes() / 1024);
process.stdout.write(JSON.stringify({ records, code, peakMegabytes }));

/** Linux counts in `maxRSS` what the parent had before this program was loaded. */
function peakKilobytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s*(\d+)/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
