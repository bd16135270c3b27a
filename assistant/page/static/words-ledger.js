// Words of the 速查 and 测算 tabs.
export const LEDGER_WORDS = {};
