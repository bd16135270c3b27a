// Moments and days as people read them, in China's time whatever the machine's zone.

const CLOCK = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

// "2026-11-22 16:08"; what is no moment is shown as it is.
export function clockTime(told) {
  const moment = new Date(told);
  return Number.isNaN(moment.getTime()) ? String(told) : CLOCK.format(moment);
}

export function chinaDay(moment = new Date()) {
  return DAY.format(moment);
}
