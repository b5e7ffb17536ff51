import { describe, expect, it } from 'vitest';
import { bare, lines } from './cells/folders.ts';
import { ownNode } from './cells/versions.ts';
import { runInstalled } from './support/run-app.ts';

describe.each([...lines, { ...bare, nodeVersions: [ownNode] }])(
  '$name',
  ({ name, nodeVersions }) => {
    it.each(nodeVersions)('has the command collectorless, on Node %s', async (nodeVersion) => {
      const args = ['iam', 'sqs', '--set', 'queueName=logs'];
      const { stdout } = await runInstalled(nodeVersion, name, 'collectorless', args);
      expect(JSON.parse(stdout)).toMatchObject({
        Statement: [{ Action: expect.arrayContaining(['sqs:SendMessage']) }],
      });
    });
  },
);
