import { describe, expect, it } from 'vitest';
import { typesCells } from './cells/types-cells.ts';
import { run } from './support/run.ts';
import { folderPath } from './support/scratch.ts';
import { tscPath } from './support/tools.ts';
import { writeSettings } from './support/write-projects.ts';

describe.each(typesCells)('$folder.name, TypeScript $typescript', (cell) => {
  const { exactOptionalPropertyTypes, folder, module, moduleResolution, typescript } = cell;
  const exact = exactOptionalPropertyTypes ? ', exactOptionalPropertyTypes' : '';

  it(`takes all types with ${module} (${moduleResolution}${exact})`, async () => {
    const tsconfig = await writeSettings(cell);
    const cwd = folderPath(folder.name);
    const { stdout } = await run(process.execPath, [tscPath(typescript), '-p', tsconfig], { cwd });
    expect(stdout).toBe('');
  });
});
