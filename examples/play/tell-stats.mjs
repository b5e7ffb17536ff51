// Loaded into the app beside `collectorless/register`: tells its parent what the exporters count.
import { liveStats } from 'collectorless';

const TELL_MILLIS = 200;

setInterval(() => {
  if (process.connected)
    process.send(JSON.stringify(liveStats()), undefined, undefined, () => undefined);
}, TELL_MILLIS).unref();

// Without its parent there is nobody to stop it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
