import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedFiles, repositoryFile } from '../../scripts/generate.ts';

it('has the lists that `npm run generate` writes', async () => {
  for (const { path, text } of await generatedFiles()) {
    expect(readFileSync(repositoryFile(path), 'utf8'), path).toBe(text);
  }
});
