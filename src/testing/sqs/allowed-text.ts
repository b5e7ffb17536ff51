// The `u` flag reads surrogate pairs as one character: without it every emoji would be refused.
const allowedText = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** Whether SQS takes the text as a body or as an attribute's string. */
export const isAllowedText = (text: string): boolean => allowedText.test(text);
