/** Chromium, or another browser of its kind by `CHROMIUM_PATH`. */
export const BROWSER_PATH: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
