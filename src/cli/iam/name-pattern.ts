/** A name option as IAM matches it: whatever stands in a placeholder's place is `*`. */
export function namePattern(template: string): string {
  return template.replaceAll(/\{[^{}]*\}/gu, '*').replaceAll(/\*{2,}/gu, '*');
}
