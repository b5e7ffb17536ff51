import { expect, it } from 'vitest';
import { readZstdFrameHeader, ZSTD_MAGIC } from '../../src/decode/zstd-frame.ts';

/** RFC 8878, section 3.1.1.1.4: in two bytes it is 256 less. */
it.each([
  [0x20, [7], 7],
  [0x60, [0, 1], 512],
  [0xa0, [0, 0, 2, 0], 131_072],
  [0xe0, [0, 0, 2, 0, 0, 0, 0, 0], 131_072],
])('the content size behind the descriptor %i has %j', (descriptor, size, contentBytes) => {
  const header = Buffer.concat([ZSTD_MAGIC, Buffer.from([descriptor, ...size])]);
  expect(readZstdFrameHeader(header, 0)).toMatchObject({ end: header.length, contentBytes });
});
