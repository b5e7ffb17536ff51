// Prints `N passed, N failed` from the results that vitest wrote, on a line of its own.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// A file that fails before its tests are known has none to count: it counts as one failure.
const brokenFiles = results.testResults.filter(
  (file) =>
    file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);
const failed = results.numFailedTests + brokenFiles.length;
process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
