/** The code of what was thrown, where it has one: the system's, such as `ENOENT`, or ours, such as `ERR_INVALID_OPTION`. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
