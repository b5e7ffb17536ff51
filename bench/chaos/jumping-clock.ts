import type { ClockJump } from './app-order.ts';

/** From now on the parent decides how far off the date of this process is. */
export function letClockJump(): void {
  const RealDate = Date;
  let offsetMillis = 0;
  const now = (): number => RealDate.now() + offsetMillis;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  process.on('message', ({ clockOffsetMillis }: ClockJump) => {
    offsetMillis = clockOffsetMillis;
  });
}
