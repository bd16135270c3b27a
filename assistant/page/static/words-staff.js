// Words of the 文库 and 反馈与待答 tabs.
export const STAFF_WORDS = {};
