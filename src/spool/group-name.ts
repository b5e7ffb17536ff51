import { createHash } from 'node:crypto';

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/u;

/** A name of a subfolder that can never lead out of its folder; the same for the same group. */
export function groupName(group: string): string {
  if (SAFE_NAME.test(group)) return group;
  // Two groups that look alike once mended must not share their files.
  const mark = createHash('sha256').update(group).digest('hex').slice(0, 8);
  return `${safeText(group).slice(0, 80)}-${mark}`;
}

/** Only letters that every file system takes, and no dot at the start. */
export function safeText(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '_').replace(/^\./u, '_');
}
