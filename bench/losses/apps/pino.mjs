import pino from 'pino';
import { emitLines } from './emit-lines.mjs';

// An ordinary application: `--import collectorless/register` does the rest, its flush too.
const logger = pino();

await emitLines(
  (text) => logger.info(text),
  async () => {},
);
