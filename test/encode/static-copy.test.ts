import { expect, it } from 'vitest';
import { staticCopy } from '../../src/encode/static-copy.ts';

it('a static field that is too large to be copied whole leaves the ones behind it as they are', () => {
  const cut = staticCopy({ huge: new Array(1_100_000).fill(0), behind: { list: [1, 'two'] } });
  expect(Array.isArray(cut['huge']) && cut['huge'].length).toBeLessThan(1_100_000);
  expect(cut['behind']).toEqual({ list: [1, 'two'] });
});
