import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { variableOf } from '../../../cli/settings/variable-of.ts';
import { createHttpChecks } from './http-checks.ts';
import { httpDemo } from './http-demo.ts';
import { httpRule } from './http-rule.ts';

export const commands: DestinationCommands = {
  doctor: {
    name: 'http',
    createChecks: createHttpChecks,
    rules: [httpRule],
    targetOption: 'url',
    addressVariable: () => variableOf('http', 'url'),
  },
  demo: httpDemo,
};
