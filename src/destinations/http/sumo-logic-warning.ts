import { safeMessage } from '../../describe-error.ts';

/**
 * What a Sumo Logic source complains of although it took the records, such as fields that it dropped: a 200
 * with `{ id, code, message }`; without a complaint the answer is empty.
 */
export function sumoLogicWarning(
  body: string,
): { readonly code: string; readonly message: string } | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) return undefined;
  const code: unknown = Reflect.get(answer, 'code');
  const message: unknown = Reflect.get(answer, 'message');
  if (typeof code !== 'string' || !/^[\w.-]{1,100}$/u.test(code)) return undefined;
  return { code, message: typeof message === 'string' ? safeMessage(message) : '' };
}
