import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';

/** An application that logs and comes to one of many ends, each by itself or when it is sent a signal. */
const log: (body: string) => void = Reflect.get(globalThis, 'log') ?? (() => {});
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const later = (task: () => void): void => void setTimeout(task, 20);
/** Serves until it is told to stop. */
const serve = (): NodeJS.Timeout => setInterval(() => {}, 1_000);
const serveAloud = (): NodeJS.Timeout => {
  later(() => say('ready'));
  return serve();
};
class AppError extends Error {
  override name = 'AppError';
}

const scenarios: Readonly<Record<string, () => unknown>> = {
  'runs to its end'() {
    process.exitCode = 6;
    process.on('beforeExit', (code) => {
      say(`beforeExit ${code}`);
      log('in beforeExit');
    });
    process.on('exit', (code) => {
      say(`exit ${code}`);
      log('in exit');
    });
  },
  'goes on in beforeExit'() {
    let rounds = 0;
    process.on('beforeExit', () => {
      rounds += 1;
      say(`beforeExit ${rounds}`);
      if (rounds < 3) setTimeout(() => log(`round ${rounds}`), 5);
    });
  },
  async 'closes asynchronously in beforeExit'() {
    process.once('beforeExit', async () => {
      await Promise.resolve();
      await Promise.resolve();
      setImmediate(() => log('closed'));
    });
  },
  'waits for a promise that nobody settles': () => new Promise(() => {}),
  'leaves a listener in each place'() {
    for (let count = 0; count < EventEmitter.defaultMaxListeners; count++) {
      for (const event of ['SIGTERM', 'exit', 'beforeExit']) process.on(event, () => {});
    }
    throw new AppError('Enough');
  },
  'calls process.exit'() {
    process.on('exit', () => log('in exit'));
    later(() => process.exit(5));
  },
  'calls process.exit once more in an exit listener'() {
    process.on('exit', () => {
      log('in exit');
      process.exit(6);
    });
    later(() => process.exit(5));
  },
  'calls process.exit with a request under way'() {
    for (let count = 0; count < 511; count++) log(`many ${count}`);
    setTimeout(() => process.exit(5), 25);
  },
  'calls process.exit with more to write than a pipe holds'() {
    // A pipe that the application has written to answers EAGAIN when it is full.
    process.stderr.write('ready\n');
    for (let count = 0; count < 100; count++) log('m'.repeat(10_000));
    process.exit(5);
  },
  async 'logs in signal-exit at its end'() {
    const { onExit } = await import('signal-exit');
    onExit((code) => log(`onExit ${code}`));
    process.exitCode = 6;
  },
  async 'logs in signal-exit and calls process.exit'() {
    const { onExit } = await import('signal-exit');
    onExit((code) => log(`onExit ${code}`));
    process.exit(5);
  },
  'throws in an exit listener'() {
    process.on('exit', () => {
      log('in exit');
      throw new AppError('In exit');
    });
  },

  async 'has workers'() {
    for (const workerData of ['returns', 'exits', 'throws']) {
      const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
      worker.on('error', ({ message }) => say(`${workerData}: ${message}`));
      await new Promise((resolve) => worker.on('exit', (code) => resolve(say(`exit ${code}`))));
    }
  },

  serves: serveAloud,
  'removes all listeners of its signal'() {
    serveAloud();
    process.removeAllListeners('SIGTERM');
  },
  'ends its work on a signal'() {
    const server = serveAloud();
    process.once('SIGTERM', (signal: NodeJS.Signals, number: number) => {
      say(`${signal} ${number}`);
      log('in SIGTERM');
      setTimeout(() => {
        log('after SIGTERM');
        clearInterval(server);
      }, 80);
    });
  },
  'listens once, before all others'() {
    const server = serveAloud();
    process.prependOnceListener('SIGTERM', () => setTimeout(() => clearInterval(server), 300));
  },
  'calls process.exit on its second signal'() {
    serveAloud();
    process.on('SIGTERM', () => log('in SIGTERM'));
    process.on('SIGUSR2', () => process.exit(8));
  },
  'sends itself the signal again'() {
    serveAloud();
    const close = (signal: NodeJS.Signals): void => {
      log('in SIGTERM');
      setTimeout(() => {
        log('after SIGTERM');
        process.off(signal, close);
        process.kill(process.pid, signal);
      }, 50);
    };
    process.on('SIGTERM', close);
  },
  async 'has signal-exit'() {
    const { onExit } = await import('signal-exit');
    onExit((code, signal) => say(`onExit ${code} ${signal}`));
    serveAloud();
  },
  async 'has signal-exit and logs in it'() {
    const { onExit } = await import('signal-exit');
    onExit((_code, signal) => log(`onExit ${signal}`));
    serveAloud();
  },
  async 'has signal-exit and ends its work on a signal'() {
    const { onExit } = await import('signal-exit');
    onExit((code, signal) => say(`onExit ${code} ${signal}`));
    const server = serveAloud();
    process.on('SIGTERM', () => clearInterval(server));
  },

  'throws an error': () => later(() => Reflect.get(Object(undefined), 'a').b),
  'throws a text': () => later(() => throwAny('text')),
  'has an error event that nobody hears': () =>
    later(() => new EventEmitter().emit('error', new AppError('Unheard'))),
  'rejects with an error': () => later(() => void Promise.reject(new AppError('Rejected'))),
  'rejects with a text': () => later(() => void Promise.reject('text')),
  'throws and watches'() {
    process.on('uncaughtExceptionMonitor', ({ message }, origin) => say(`${message} ${origin}`));
    process.on('exit', (code) => {
      say(`exit ${code}`);
      process.exitCode = 4;
    });
    later(() => throwAny(new AppError('Watched')));
  },
  'throws twice'() {
    serve();
    later(() => {
      later(() => throwAny(new AppError('Second')));
      throw new AppError('First');
    });
  },
  'throws and calls process.exit'() {
    serve();
    later(() => {
      later(() => process.exit(0));
      throw new AppError('First');
    });
  },
  'throws what cannot be shown and calls process.exit'() {
    serve();
    later(() => {
      later(() => process.exit(0));
      throw Object.assign(new AppError('Hidden'), { [inspect.custom]: () => throwAny('no') });
    });
  },
  'throws while it watches'() {
    process.on('uncaughtExceptionMonitor', () => throwAny(new AppError('Again')));
    later(() => throwAny(new AppError('Watched')));
  },
  'calls process.exit while it watches'() {
    process.on('uncaughtExceptionMonitor', () => process.exit(9));
    later(() => throwAny(new AppError('Watched')));
  },
  'catches what it throws'() {
    process.on('uncaughtException', ({ message }, origin) => {
      say(`${message} ${origin}`);
      log('caught');
      process.exitCode = 7;
    });
    later(() => throwAny(new AppError('Caught')));
  },
  'throws while it catches'() {
    process.on('uncaughtException', () => throwAny(new AppError('Again')));
    later(() => throwAny(new AppError('Caught')));
  },
  'captures what it throws'() {
    process.setUncaughtExceptionCaptureCallback(({ message }) => say(message));
    later(() => throwAny(new AppError('Captured')));
  },
  async 'throws in a domain'() {
    const { create } = await import('node:domain');
    create().run(() => later(() => throwAny(new AppError('In a domain'))));
  },
  'handles its rejections'() {
    process.on('unhandledRejection', (reason) => say(String(reason)));
    later(() => void Promise.reject('handled'));
  },
};

function throwAny(thrown: unknown): never {
  throw thrown;
}

const [, , name = ''] = process.argv;
const scenario = scenarios[name];
if (scenario === undefined) throw new RangeError(`There is no scenario \`${name}\``);
log('first');
await scenario();
