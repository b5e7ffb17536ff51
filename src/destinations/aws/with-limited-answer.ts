import type { Watch } from './call-middleware.ts';
import { limitAnswer } from './limit-answer.ts';

interface Stack {
  add(middleware: Watch, where: { step: 'deserialize'; name: string; priority: 'low' }): void;
}

const limit: Watch = (next) => async (args) => {
  const result = await next(args);
  limitAnswer(result.response);
  return result;
};

/** Limits the answer to a command that the SDK makes by itself; calls with bodies of our own do it on their way. */
export function withLimitedAnswer<C extends { readonly middlewareStack: Stack }>(command: C): C {
  command.middlewareStack.add(limit, {
    step: 'deserialize',
    name: 'collectorlessLimit',
    priority: 'low',
  });
  return command;
}
