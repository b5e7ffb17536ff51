import { describe, expect, it } from 'vitest';
import { bare } from './cells/folders.ts';
import { ownNode } from './cells/versions.ts';
import { installedBytes } from './support/installed-bytes.ts';
import { runApp } from './support/run-app.ts';

describe(bare.name, () => {
  it.each(['import', 'require'])(
    'works after %s as far as no peer is needed, and first use says what to install',
    async (how) => {
      const output = await runApp(ownNode, bare.name, ['use-without-peers.mjs', how]);
      expect(output).toEqual({ stdout: 'each missing package was told\n', stderr: '' });
    },
  );

  it('takes less than 40 MB, which is all that the root and http need', async () => {
    expect(await installedBytes(bare.name)).toBeLessThan(40_000_000);
  });
});
